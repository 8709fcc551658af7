"""What two ways of finding and citing are compared by, whatever they are made of: inputs, replies, figures.

A sentence is right when its words are those of a sentence of the key, so that a reprint of it is as good as
the one that the key names, and counts once. It is found when one result holds it whole.
"""

from __future__ import annotations

import json
import math
import re
import statistics
import sys
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Generic, TypeVar

import briefing
from briefing.types import Article, Citation, Passage
from evals.answers import read_questions

Side = TypeVar("Side", covariant=True)
Figures = dict[str, float]


@dataclass(frozen=True)
class Pair(Generic[Side]):
    """One thing of ours and of theirs."""

    ours: Side
    theirs: Side


@dataclass(frozen=True)
class Case:
    """A question, what was asked before it, and the wordings of the right sentences; none: to be declined."""

    question: str
    right: frozenset[str]
    kind: str = ""
    history: tuple[str, ...] = ()


@dataclass(frozen=True)
class Reply:
    """What was found and shown for a case. `first` are ten results, `many` more of them for the word counts;
    `pointed` are the sentences given as evidence, as (article id, sentence number) with their wording."""

    first: Sequence[Passage]
    many: Sequence[Passage]
    pointed: Mapping[tuple[str, int], str]
    declined: bool


@lru_cache(maxsize=100_000)
def wording(text: str) -> str:
    """The letters and digits of a text."""
    return re.sub(r"\W+", "", text).casefold()


def distinct(articles: Iterable[Article]) -> list[Article]:
    """The articles in order, without those whose outlet, headline and words came before."""
    kept: dict[tuple[str, str, str], Article] = {}
    for article in articles:
        kept.setdefault((article.outlet, article.title, wording(article.text)), article)
    return list(kept.values())


@dataclass(frozen=True)
class Input:
    """Articles and the questions on them."""

    name: str
    articles: Sequence[Article]
    cases: Sequence[Case]


def own_questions(on: str, path: Path, part: str | None) -> Input:
    """The questions of evals/data on one set of articles, which is read from `path`."""
    articles = briefing.read_articles([path])
    rows = [row for row in read_questions(on, part) if "" not in row.get("cites", ())]  # any would do
    return Input(on, distinct(articles), [_case(row, articles) for row in rows])


def multihop(folder: Path) -> Input:
    """Each fact is an article; the sentences of a question's evidence are right."""
    articles = [
        Article(row["fact"], row["title"], row["source"], row["published_at"], row["url"])
        for row in _rows(folder / "multihop_rag_facts.jsonl")
    ]
    cases = []
    for row in _rows(folder / "multihop_rag_half.jsonl"):
        facts = [Article(evidence["fact"]) for evidence in row["evidence_list"]]
        right = frozenset(wording(s.text) for fact in facts for s in fact.sentences)
        cases.append(Case(row["question"], right, row["question_type"]))
    return Input("MultiHop-RAG", distinct(articles), cases)


def _rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line]


def _case(row: dict[str, Any], articles: Sequence[Article]) -> Case:
    cites = row.get("cites", ())
    right = {s.text for a in articles for s in a.sentences if any(words in s.text for words in cites)}
    for number, indexes in row.get("right", {}).items():
        right |= {articles[int(number)].sentences[index].text for index in indexes}
    if bool(right) == bool(row.get("decline")):
        raise ValueError(f"{row['question']!r} must either have right sentences here or be declined")
    history = tuple(row.get("history", ()))
    kind = "follow-up" if history else row.get("kind", "by itself")
    return Case(row["question"], frozenset(map(wording, right)), kind, history)


def sentences_of(places: Iterable[Passage | Citation], whole: bool) -> dict[tuple[str, int], str]:
    """The sentences in some places, those cut off at an end left out where `whole` ones are wanted."""
    return {
        (place.article.id, s.index): wording(s.text)
        for place in places
        for s in place.article.sentences_in(place.start, place.end)
        if not whole or (place.start <= s.start and s.end <= place.end)
    }


def first_words(passages: Iterable[Passage], most: int) -> Iterator[Passage]:
    """The passages as far as a reader comes in so many words; the last one is cut."""
    for passage in passages:
        ends = [word.end() for word in re.finditer(r"\S+", passage.text)][:most]
        if ends:
            yield Passage(passage.article, passage.start, passage.start + ends[-1])
        most -= len(ends)


def judge(case: Case, reply: Reply) -> Figures:
    """The figures of one answerable case; those of many cases are their means."""
    share = _shares(case.right)
    held = [bool(case.right & set(sentences_of([p], whole=True).values())) for p in reply.first]
    right = [words in case.right for words in reply.pointed.values()]
    return {
        "right sentences in the first 4 results": share(reply.first[:4]),
        "right sentences in the first 10": share(reply.first),
        "right sentences in the first 300 words": share(first_words(reply.many, 300)),
        "right sentences in the first 600 words": share(first_words(reply.many, 600)),
        "all of them in the first 4": float(share(reply.first[:4]) == 1),
        "all of them in the first 10": float(share(reply.first) == 1),
        "any of them in the first 4": float(any(held[:4])),
        "reciprocal rank of the first right result": 1 / (held.index(True) + 1) if any(held) else 0.0,
        "sentences pointed at, an answer": float(len(right)),
        "of all sentences pointed at, right": float(sum(right)),
        "right sentences that are pointed at": len(case.right & set(reply.pointed.values()))
        / len(case.right),
        "answers that point at a right sentence": float(any(right)),
        "answerable questions declined": float(reply.declined),
    }


def _shares(right: Collection[str]) -> Callable[[Iterable[Passage]], float]:
    return lambda places: len(set(right) & set(sentences_of(places, whole=True).values())) / len(right)


def summarize(cases: Sequence[Case], replies: Sequence[Reply]) -> Figures:
    """The figures over all cases."""
    pairs = list(zip(cases, replies, strict=True))
    judged = [judge(case, reply) for case, reply in pairs if case.right]
    unanswerable = [float(reply.declined) for case, reply in pairs if not case.right]
    mean = {name: statistics.fmean(figures[name] for figures in judged) for name in judged[0]}
    pointed = mean["sentences pointed at, an answer"]
    mean["of all sentences pointed at, right"] /= pointed or 1
    mean["unanswerable questions declined"] = statistics.fmean(unanswerable) if unanswerable else math.nan
    return mean


def show(title: str, ours: Figures, theirs: Figures) -> None:
    """One table: every figure of ours beside theirs, and their ratio."""
    lines = [f"\n{title}\n", "| measure | ours | theirs | ours : theirs |", "|---|---|---|---|"]
    for name, value in ours.items():
        other = theirs[name]
        ratio = f"{value / other:.2f}" if other else "-"
        lines.append(f"| {name} | {_number(value)} | {_number(other)} | {ratio} |")
    sys.stdout.write("\n".join(lines) + "\n")


def show_kinds(cases: Sequence[Case], replies: Pair[Sequence[Reply]], names: Sequence[str]) -> None:
    """The named figures for each kind of question by itself, ours / theirs."""
    kinds = sorted({case.kind for case in cases if case.right})
    lines = ["", "| questions, ours / theirs | " + " | ".join(names) + " |", "|---" * (len(names) + 1) + "|"]
    for kind in kinds:
        chosen = [i for i, case in enumerate(cases) if case.kind == kind and case.right]
        ours, theirs = (
            summarize([cases[i] for i in chosen], [side[i] for i in chosen])
            for side in (replies.ours, replies.theirs)
        )
        cells = " | ".join(f"{_number(ours[name])} / {_number(theirs[name])}" for name in names)
        lines.append(f"| {kind} ({len(chosen)}) | {cells} |")
    sys.stdout.write("\n".join(lines) + "\n")


def _number(value: float) -> str:
    if math.isnan(value):
        return "-"
    return f"{value:.3f}" if abs(value) < 10 else f"{value:,.1f}"
