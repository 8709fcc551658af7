"""A language model that lies half of the time: does anything false reach a reader?

    python -m evals.lying [--answers 500]

A chat server on loopback answers every request with the lines it was asked to rewrite, half of them spoilt by
rule (another number, name or speaker, a negation, a made-up quotation, a dropped credit, a number it was not
given, another sentence cited), and spoils repairs too. Counts the spoilt lines it sent, and those of them
that stand in an answer, in Markdown, in plain text or in JSON. What a reader sees must be a line that the
model was given, word for word, or the source's own words; whatever else it is, it is counted too.
"""

from __future__ import annotations

import argparse
import random
import re
import sys
import tempfile
from collections import Counter
from pathlib import Path
from typing import Any

import briefing
from briefing.export import markdown, plain, record
from briefing.export.markdown import escape
from briefing.export.phrases import one_line
from briefing.writing.chat import ModelSettings
from tests.openai_server import Reply, serve

_SAMPLES = Path(__file__).parent.parent / "samples"
_LINE = re.compile(r"^- (?P<text>.*?)(?P<marks>(?: ?\[\d+\])+)$")
_NAMES = ("Merkel", "Bolivia", "Jakarta", "Orban")
_QUESTIONS = (
    "What did {} say?", "What does {} say about the strikes?", "Did {} deny anything?", "What does {} want?",
    "What did {} say about civilians?", "Who was hit, according to {}?",
    "What did {} say on Thursday?", "Does {} say Islamic State was hit?",
)  # fmt: skip


class Liar:
    """Replies to requests; `told` are the spoilt lines it sent, by kind."""

    def __init__(self, chance: random.Random) -> None:
        self._chance = chance
        self.told: list[tuple[str, str]] = []
        self.honest: set[str] = set()

    def __call__(self, request: dict[str, Any]) -> Reply:
        (prompt,) = [m["content"] for m in request["messages"] if m["role"] == "user"]
        if "Rejected line: " in prompt:
            return Reply(["- " + prompt.split("Rejected line: ")[1].split("\n")[0]])
        lines = []
        for line in prompt.split("Lines to rewrite:\n")[1].splitlines():
            match = _LINE.match(line)
            if match is None:
                lines.append(line)
                continue
            self.honest.add(match["text"])
            lines.append(self._spoil(match) if self._chance.random() < 0.5 else line)
        return Reply(["\n".join(lines)])

    def _spoil(self, match: re.Match[str]) -> str:
        text, marks = match["text"], match["marks"]
        name = self._chance.choice(_NAMES)
        ways: list[tuple[str, str, str]] = [
            ("number", re.sub(r"\d+", lambda m: str(int(m[0][:9]) + 3), text, count=1), marks),
            ("name", re.sub(r"(?<=\w )[A-Z][a-z]{3,}", name, text, count=1), marks),
            ("speaker", re.sub(r"^.*? (?=said)", "Ban Ki-moon ", text, count=1), marks),
            ("negation", re.sub(r"\b(was|were|had|would|is|are)\b", r"\1 not", text, count=1), marks),
            ("quotation", text.rstrip(".") + ", calling it “a crime beyond words”.", marks),
            ("credit", re.sub(r"^.*? said (?:that )?(\w)", _capital, text, count=1), marks),
            ("unknown id", text.rstrip(".") + " too.", "[97]"),
            ("uncited", text.rstrip(".") + " again.", ""),
        ]
        self._chance.shuffle(ways)
        for kind, spoilt, cited in ways:
            if spoilt not in (text, *self.honest):
                self.told.append((kind, spoilt))
                return f"- {spoilt} {cited}"
        return match.string


def _capital(match: re.Match[str]) -> str:
    return match[1].upper()


def measure(answers: int) -> Counter[str]:
    """Counts over `answers` answers from the sample articles."""
    count: Counter[str] = Counter()
    liar = Liar(random.Random(1))
    with tempfile.TemporaryDirectory() as folder, serve() as server:
        server.script = liar
        chat_model = ModelSettings("openai:liar", server.address)
        with briefing.open_library(folder, chat_model=chat_model) as library:
            library.add(briefing.scan_articles([_SAMPLES]))
            parties = library.parties()
            asked = [q.format(p) for q in _QUESTIONS for p in parties]
            for number in range(answers):
                before = len(liar.told)
                _one(library, asked[number % len(asked)], number // len(asked), liar, count)
                count["spoilt lines sent"] += len(liar.told) - before
    count.update({f"sent, {kind}": n for kind, n in Counter(kind for kind, _ in liar.told).items()})
    return count


def _one(library: briefing.Library, question: str, again: int, liar: Liar, count: Counter[str]) -> None:
    before = len(liar.told)
    # A question put again is worded a little otherwise, so that no kept reply answers it.
    answer = library.ask(f"{question.rstrip('?')}{' please' * again}?")
    surfaces = [f"- {escape(one_line(c['text']))} [" for g in record(answer)["groups"] for c in g["claims"]]
    surfaces += [" ".join(markdown(answer).split()), " ".join(escape(plain(answer)).split())]
    false = {text for _, text in liar.told[before:]}
    count["answers"] += 1
    count["lines shown"] += len(answer.claims)
    for claim in answer.claims:
        if claim.text in false:
            count["spoilt lines shown"] += 1
            sys.stdout.write(f"shown: {claim.text}\n    {[c.quote for c in claim.citations]}\n")
        count["lines shown as the model was asked to write them"] += claim.text in liar.honest
    notes = [note for c in answer.claims for note in c.notes]
    count["lines marked as in the source’s words"] += sum("source’s words" in note for note in notes)
    lines = [f"- {escape(text)} [" for text in false]
    count["spoilt lines on any surface"] += sum(any(line in s for s in surfaces) for line in lines)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--answers", type=int, default=500)
    for name, number in measure(parser.parse_args().answers).items():
        sys.stdout.write(f"{name}: {number}\n")


if __name__ == "__main__":
    main()
