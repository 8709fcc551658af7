"""What a language model is sent for one answer: by this library, and by the pipeline of LangChain's tutorial.

    .venv/bin/uv pip install --group evals        # once; VIRTUAL_ENV=.venv where none is active
    python -m evals.tokens [--questions 60]

Both get the sample articles and the same questions. Theirs sends the question, four chunks of 1,000
characters and the tutorial's instruction. Ours sends the question, the lines it found and the sentences they
cite, and asks once more for each line that was rejected: here the model is a server on loopback that returns
the lines as they are, so nothing is. Tokens are counted with the tokenizer that ships with the library.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import tempfile
from pathlib import Path
from typing import Any

import briefing
from briefing.reading.inference import load_tokenizer
from briefing.writing.chat import ModelSettings
from evals.baseline_langchain import Tutorial
from tests.openai_server import Reply, serve

_ROOT = Path(__file__).parent.parent
_TUTORIAL = (
    "You are an assistant for question-answering tasks. Use the following pieces of retrieved context to "
    "answer the question. If you don't know the answer, just say that you don't know. Use three sentences "
    "maximum and keep the answer concise.\nQuestion: {question}\nContext: {context}\nAnswer:"
)


def count(text: str) -> int:
    """Word pieces of a text."""
    return len(load_tokenizer().encode(text, add_special_tokens=False).ids)


def echo(request: dict[str, Any]) -> Reply:
    """The lines as they were sent."""
    return Reply([request["messages"][-1]["content"].split("Lines to rewrite:\n")[1]])


def measure(most: int) -> dict[str, list[int]]:
    """Tokens sent for each question that was answered."""
    lines = (_ROOT / "evals/data/questions/samples.jsonl").read_text(encoding="utf-8").splitlines()
    questions = [json.loads(line)["question"] for line in lines][:most]
    articles = briefing.read_articles([_ROOT / "samples"])
    sent: dict[str, list[int]] = {"ours": [], "tutorial": []}
    with tempfile.TemporaryDirectory() as one, tempfile.TemporaryDirectory() as other, serve() as server:
        server.script = echo
        theirs = Tutorial(other)
        theirs.add(articles)
        with briefing.open_library(one, chat_model=ModelSettings("openai:echo", server.address)) as library:
            library.add(articles)
            for question in questions:
                before = len(server.requests)
                library.ask(question)
                asked = server.requests[before:]
                if asked:
                    sent["ours"].append(sum(count(m["content"]) for r in asked for m in r["messages"]))
                    context = "\n\n".join(p.text for p in theirs.search(question))
                    sent["tutorial"].append(count(_TUTORIAL.format(question=question, context=context)))
    return sent


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--questions", type=int, default=60)
    sent = measure(parser.parse_args().questions)
    for name, tokens in sent.items():
        middle = statistics.median(tokens)
        sys.stdout.write(f"{name}: {len(tokens)} answers, median {middle:.0f} tokens sent\n")
    ratio = statistics.median(a / b for a, b in zip(sent["ours"], sent["tutorial"], strict=True))
    sys.stdout.write(f"ours to tutorial, median of the ratios: {ratio:.2f}\n")


if __name__ == "__main__":
    main()
