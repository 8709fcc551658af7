"""Cuts a question into the clauses to search for one by one: "Does TASS say A, while SANA says B?" is two."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass

from briefing.reading.question_days import DaysNamed
from briefing.retrieval.days import find_days
from briefing.retrieval.naming import Named, find_outlets
from briefing.types import Article, Span

# Where a clause may end. A clause too short to search for is read with the one after it.
_JOINT = re.compile(
    r"[,;?]\s+|\s+(?=(?:while|and|but|or|as well as|compared to|after|before|between|whereas|than)\s)",
    re.IGNORECASE,
)
_CONTENT = re.compile(r"[^\W_]{4,}")
_ENOUGH = 6  # words of four letters or more
_MOST_CLAUSES = 8


@dataclass(frozen=True)
class Part:
    """The question or a clause of it.

    Each entry of `outlets` is one outlet named, by all that share its name. `words` is the text without
    outlets and days: what the text of a passage may hold.
    """

    text: str
    words: str
    outlets: tuple[tuple[str, ...], ...] = ()
    days: tuple[DaysNamed, ...] = ()

    def names_outlet(self, article: Article) -> bool:
        """Whether the article is of an outlet named."""
        return any(article.outlet in names for names in self.outlets)

    def names_day(self, article: Article) -> bool:
        """Whether the article is of a day named."""
        return any(days.holds(article.day) for days in self.days)


def whole_part(text: str, outlets: Iterable[Named], days: Iterable[DaysNamed]) -> Part:
    """All of `text` as one part."""
    outlets, days = tuple(outlets), tuple(days)
    words = without(text, [(o.start, o.end) for o in outlets] + [(d.start, d.end) for d in days])
    names = tuple(dict.fromkeys(outlet.names for outlet in outlets))
    return Part(text, words, names, days)


def clause_parts(
    whole: Part, outlets: Iterable[str], last_day: dt.date | None, first_day: dt.date | None = None
) -> tuple[Part, ...]:
    """The clauses of `whole`, or none where it is a single one.

    A clause that names no outlet or no day of its own may be about any that the question names.
    """
    known = tuple(outlets)
    clauses = _cut(whole.text)
    if len(clauses) < 2:
        return ()
    parts = []
    for text in clauses:
        own = whole_part(text, find_outlets(text, known), find_days(text, last_day, first_day))
        parts.append(Part(text, own.words, own.outlets or whole.outlets, own.days or whole.days))
    return tuple(parts)


def _cut(text: str) -> list[str]:
    clauses: list[str] = []
    start = 0
    for joint in _JOINT.finditer(text):
        if len(_CONTENT.findall(text, start, joint.start())) >= _ENOUGH and len(clauses) < _MOST_CLAUSES - 1:
            clauses.append(text[start : joint.start()])
            start = joint.end()
    rest = text[start:]
    if clauses and len(_CONTENT.findall(rest)) < _ENOUGH:
        clauses[-1] += " " + rest
    else:
        clauses.append(rest)
    return clauses


def without(text: str, spans: Iterable[Span]) -> str:
    """`text` with these spans cut out and single spaces."""
    kept, last = [], 0
    for start, end in sorted(spans):
        kept.append(text[last:start])
        last = max(last, end)
    return " ".join(" ".join([*kept, text[last:]]).split())
