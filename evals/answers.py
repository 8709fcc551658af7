"""Questions with known answers: does the answer cite right sentences, only right ones, and decline the rest?

    python -m evals.answers [--seed ARTICLE.txt] [--fa-kes FA_KES.jsonl] [--part tuned|unseen] [--errors]

The questions are in evals/data/questions, one file for each set of articles; evals/README.md tells how they
were made. A row names the right sentences by article (its place among the articles read) and sentence
(`right`), or by words they hold (`cites`). `--errors` prints the rows of the tuned part that are not wholly
right; the other part is only counted. The seed article and FA-KES are not part of this repository.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import briefing
from briefing.bundled import find_folder
from briefing.types import Answer, Article, Citation, Turn

_QUESTIONS = Path(__file__).parent / "data" / "questions"
Row = dict[str, Any]


def read_questions(on: str, part: str | None = None) -> list[Row]:
    """The rows on one set of articles, of one part or of both."""
    lines = (_QUESTIONS / f"{on}.jsonl").read_text(encoding="utf-8").splitlines()
    return [row for row in map(json.loads, lines) if part in (None, row["part"])]


def ask(library: briefing.Library, row: Row) -> Answer:
    """The answer to a row's question, after its history."""
    history: list[Turn] = []
    for earlier in row.get("history", ()):
        answer = library.ask(earlier, history)
        history.append(Turn(answer.question, answer.asked))
    return library.ask(row["question"], history)


def is_right(row: Row, citation: Citation, articles: Sequence[Article]) -> bool:
    """Whether the cited sentence is one of the row's."""
    if any(words in citation.quote for words in row.get("cites", ())):
        return True
    index = citation.sentence.index
    return any(
        articles[int(number)].id == citation.article.id and index in sentences
        for number, sentences in row.get("right", {}).items()
    )


def judge(row: Row, answer: Answer, articles: Sequence[Article]) -> list[str]:
    """What is right about an answer, as names to count."""
    if row.get("decline"):
        return ["unanswerable", *(["declined rightly"] if answer.abstained else [])]
    found = ["answerable"]
    if answer.abstained:
        return [*found, "declined wrongly"]
    right = [is_right(row, citation, articles) for citation in answer.receipts]
    found += ["citation"] * len(right) + ["right citation"] * sum(right)
    found += ["cites a right sentence"] if any(right) else []
    found += ["cites only right sentences"] if all(right) else []
    found += ["first line right"] if right and right[0] else []
    heard = {claim.party for claim in answer.claims}
    found += ["every side heard"] if set(row.get("parties", ())) <= heard else []
    return found


def measure(paths: Sequence[Path], on: str, part: str | None = None, show: bool = False) -> Counter[str]:
    """Counts over the rows on one set of articles; `show` prints the tuned rows that are not right."""
    count: Counter[str] = Counter()
    articles = briefing.read_articles(paths)
    with tempfile.TemporaryDirectory() as folder, briefing.open_library(folder) as library:
        library.add(articles)
        for row in read_questions(on, part):
            answer = ask(library, row)
            found = judge(row, answer, articles)
            count.update(found)
            good = "declined rightly" if row.get("decline") else "cites only right sentences"
            if show and row["part"] == "tuned" and good not in found:
                _show_row(row, answer, articles)
    return count


def _show_row(row: Row, answer: Answer, articles: Sequence[Article]) -> None:
    sys.stdout.write(f"\n## {row['question']}  [{answer.asked}] parties: {row.get('parties')}\n")
    if answer.abstained:
        sys.stdout.write(f"   declined: {answer.reason}\n")
    for group in answer.groups:
        for claim in group.claims:
            mark = "ok   " if any(is_right(row, c, articles) for c in claim.citations) else "WRONG"
            sys.stdout.write(f"   {mark} {group.heading} | {claim.text}\n")


def report(name: str, count: Counter[str]) -> None:
    answerable, unanswerable = count["answerable"], count["unanswerable"]
    sys.stdout.write(f"{name}: {answerable} answerable, {unanswerable} unanswerable questions\n")
    sys.stdout.write(f"  right citations: {count['right citation']} of {count['citation']}\n")
    for what in (
        "cites a right sentence",
        "first line right",
        "cites only right sentences",
        "every side heard",
        "declined wrongly",
    ):
        sys.stdout.write(f"  {what}: {count[what]} of {answerable}\n")
    sys.stdout.write(f"  declined rightly: {count['declined rightly']} of {unanswerable}\n")


def measure_samples() -> None:
    """The figures for the sample articles, printed."""
    report("samples", measure([find_folder("samples")], "samples"))


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--seed", type=Path, help="the seed article, as a text file")
    parser.add_argument("--fa-kes", type=Path, help="the FA-KES corpus, as JSON lines")
    parser.add_argument("--part", choices=("tuned", "unseen"))
    parser.add_argument("--errors", action="store_true", help="print what is not right in the tuned part")
    given = parser.parse_args()
    sets = {"samples": find_folder("samples"), "seed": given.seed, "fa_kes": given.fa_kes}
    total: Counter[str] = Counter()
    for name, path in sets.items():
        if path is not None:
            count = measure([path], name, given.part, given.errors)
            report(name, count)
            total += count
    report("all", total)


if __name__ == "__main__":
    main()
