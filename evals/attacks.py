"""What gets past the verifier, and what it refuses that is true.

    python -m evals.attacks [--part tuned|learned|unseen] [--show]

Two sets, cell by cell. Lines written by hand that their sentences do not bear out
(`data/attacks/by_hand.jsonl`) and fair rewordings written by hand (`clean.jsonl`), of three parts:
`tuned` was read while the checks were made and learned from, `learned` only learned from, `unseen`
neither. And lines made by rule from the statements of the sample articles: credited to somebody else,
without their credit, cited to another article, to nothing, or to a number nobody gave. The lines by rule
go through the gate that every page goes through.
"""

from __future__ import annotations

import argparse
import itertools
import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import briefing
from briefing.checking.citations import verify
from briefing.checking.gate import Gate
from briefing.reading.parties import load_lexicon
from briefing.types import Article, Statement
from briefing.writing.drafts import Draft, cite
from briefing.writing.wording import word_statement

_DATA = Path(__file__).parent / "data" / "attacks"
_SAMPLES = Path(__file__).parent.parent / "samples"
_BY_HAND = "by hand"


def by_hand(part: str, show: bool) -> tuple[Counter[str], Counter[str]]:
    """(caught, all) of each kind; "clean" counts fair rewordings that were refused."""
    caught, total = Counter[str](), Counter[str]()
    aliases = load_lexicon(None).resolve
    for name in ("by_hand", "clean"):
        for line in (_DATA / f"{name}.jsonl").read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            if part not in ("all", row["part"]):
                continue
            kind = "clean" if name == "clean" else row["kind"]
            verdict = verify(row["text"], row["sentences"], aliases=aliases)
            total[kind] += 1
            caught[kind] += not verdict.supported
            if show and row["part"] == "tuned" and verdict.supported != (name == "clean"):
                print(f"{kind}: {row['text']}\n    {row['sentences']}\n    {verdict.reasons}")
    return caught, total


def by_rule() -> tuple[Counter[str], Counter[str]]:
    """(caught, all) of each kind made from the statements of the samples; "by rule, clean" are the lines as
    they were before."""
    articles = briefing.read_articles([_SAMPLES])
    statements = [s for article in articles for s in briefing.find_statements(article)]
    gate = Gate(load_lexicon(None), statements)
    caught, total = Counter[str](), Counter[str]()
    for kind, draft in _attacks(articles, statements):
        claim, _ = gate.try_once(draft, lambda *_: None)
        total[kind] += 1
        caught[kind] += claim is None
    return caught, total


def _attacks(articles: list[Article], statements: list[Statement]) -> Iterator[tuple[str, Draft]]:
    named = [s for s in statements if s.speaker and s.party and s.source_spans]
    speakers = itertools.cycle(sorted({s.speaker or "" for s in named}))
    others = itertools.cycle(articles)
    for statement in named:
        text = word_statement([statement])
        if not text:
            continue
        article = statement.article
        right = Draft(text, cite(article, statement.sentences), statement.party, statement.speaker)
        yield "by rule, clean", right
        yield "uncited", replace(right, citations=())
        yield "unknown id", replace(right, unknown=(99,))
        stranger = next(s for s in speakers if s.split()[-1] not in text)
        yield "speaker swapped by rule", replace(right, speaker=stranger)
        content = statement.content.strip(" ,.“”\"'")
        if len(content.split()) > 4 and statement.kind == "indirect":
            bare = content[0].upper() + content[1:] + "."
            yield "attribution dropped by rule", replace(right, text=bare, party=None, speaker=None)
        if statement.kind in ("direct", "mixed"):
            other = next(a for a in others if content not in a.text)
            yield "right quote, wrong article", replace(right, citations=cite(other, other.sentences[1:2]))


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--part", choices=("tuned", "learned", "unseen", "all"), default="all")
    parser.add_argument("--show", action="store_true", help="print what went wrong in the tuned half")
    given = parser.parse_args()
    report(given.part, given.show)


def report(part: str, show: bool = False) -> None:
    """Print both sets, cell by cell."""
    for caught, total in (by_hand(part, show), by_rule()):
        for kind, count in total.items():
            what = "refused" if "clean" in kind else "caught"
            print(f"{kind:28} {caught[kind]:4} of {count:4} {what}: {100 * caught[kind] / count:.1f} %")


if __name__ == "__main__":
    main()
