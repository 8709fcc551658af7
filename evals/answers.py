"""Questions with known answers: does the answer cite right sentences, only right ones, and decline the rest?

    python -m evals.answers [--seed ARTICLE.txt]

The questions are in evals/data/questions.jsonl. A sentence is right when it holds one of the row's `cites`.
The questions on the seed article need its file, which is not part of this repository.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import briefing
from briefing.bundled import find_folder
from briefing.types import Answer, Turn

_QUESTIONS = Path(__file__).parent / "data" / "questions.jsonl"


def read_questions(on: str) -> list[dict[str, Any]]:
    """The rows on one set of articles."""
    lines = _QUESTIONS.read_text(encoding="utf-8").splitlines()
    return [row for row in map(json.loads, lines) if row["on"] == on]


def ask(library: briefing.Library, row: dict[str, Any]) -> Answer:
    """The answer to a row's question, after its history."""
    history: list[Turn] = []
    for earlier in row.get("history", ()):
        answer = library.ask(earlier, history)
        history.append(Turn(answer.question, answer.asked))
    return library.ask(row["question"], history)


def judge(row: dict[str, Any], answer: Answer) -> list[str]:
    """What is right about an answer, as names to count."""
    if row.get("decline"):
        return ["unanswerable", *(["declined rightly"] if answer.abstained else [])]
    found = ["answerable"]
    if answer.abstained:
        return [*found, "declined wrongly"]
    right = [any(part in c.quote for part in row["cites"]) for c in answer.receipts]
    found += ["citation"] * len(right) + ["right citation"] * sum(right)
    found += ["cites a right sentence"] if any(right) else []
    found += ["cites only right sentences"] if all(right) else []
    heard = {c.party for c in answer.claims}
    found += ["every side heard"] if set(row.get("parties", ())) <= heard else []
    return found


def measure(articles: Iterable[Path], on: str, show: bool = False) -> Counter[str]:
    """Counts over the rows on one set of articles; `show` prints the rows that are not wholly right."""
    count: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as folder, briefing.open_library(folder) as library:
        library.add(briefing.scan_articles(articles))
        for row in read_questions(on):
            answer = ask(library, row)
            found = judge(row, answer)
            count.update(found)
            good = "declined rightly" if row.get("decline") else "cites only right sentences"
            if show and good not in found:
                sys.stdout.write(f"  not wholly right: {row['question']}\n")
    return count


def report(name: str, count: Counter[str]) -> None:
    answerable, unanswerable = count["answerable"], count["unanswerable"]
    sys.stdout.write(f"{name}: {answerable} answerable, {unanswerable} unanswerable questions\n")
    sys.stdout.write(f"  right citations: {count['right citation']} of {count['citation']}\n")
    for what in (
        "cites a right sentence",
        "cites only right sentences",
        "every side heard",
        "declined wrongly",
    ):
        sys.stdout.write(f"  {what}: {count[what]} of {answerable}\n")
    sys.stdout.write(f"  declined rightly: {count['declined rightly']} of {unanswerable}\n")


def measure_samples() -> None:
    """The figures for the sample articles, printed."""
    report("samples", measure([find_folder("samples")], "samples", show=True))


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--seed", type=Path, help="the seed article, as a text file")
    seed = parser.parse_args().seed
    measure_samples()
    if seed is not None:
        report("seed", measure([seed], "seed", show=True))


if __name__ == "__main__":
    main()
