"""Days and months of a text, and whether the cited sentences name them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from briefing.checking.alignment import Cited
from briefing.reading.calendar_words import MONTHS, WEEKDAYS, month_number
from briefing.reading.words import Word, find_words, fold, inside
from briefing.types import Span

_CALENDAR = {
    **{name: name for name in (*MONTHS, *WEEKDAYS)},
    **{name[:3]: name for name in (*MONTHS, *WEEKDAYS) if name not in ("saturday", "sunday", "may", "march")},
    **{"sept": "september", "tues": "tuesday", "thur": "thursday", "thurs": "thursday", "mar": "march"},
}
_RELATIVE = frozenset("yesterday today tomorrow tonight".split())
# ASCII letters alone (?a: ...), as in `calendar_words`: "Aprıl" is in no table.
_MONTH = (
    "(?P<month>(?a:"
    + "|".join(sorted((n for n in _CALENDAR if _CALENDAR[n] in MONTHS), key=len, reverse=True))
    + "))"
)
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_DATES = (
    re.compile(rf"\b{_DAY}\s(?:of\s)?{_MONTH}\b\.?,?(?:\s(?P<year>\d{{4}})\b)?", re.IGNORECASE),
    re.compile(rf"\b{_MONTH}\.?\s(?:the\s)?{_DAY}\b(?!,\d)(?:,?\s(?P<year>\d{{4}})\b)?", re.IGNORECASE),
    re.compile(rf"\b{_MONTH}\.?,?\s(?:of\s)?(?P<year>\d{{4}})\b", re.IGNORECASE),
    re.compile(r"\b(?P<year>\d{4})-(?P<month>\d\d)-(?P<day>\d\d)\b"),
)
_RELATIVE_TO = re.compile(
    rf"\b(last|this|next|previous|coming)\s(week|weekend|month|year|decade|century|{'|'.join(WEEKDAYS)})\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class DateMention:
    day: int | None
    month: int
    year: int | None
    span: Span


@lru_cache(maxsize=8192)
def find_dates(text: str) -> tuple[DateMention, ...]:
    """Days and months written out or in ISO 8601: "1 October 2015", "Oct. 1", "October 2015"."""
    plain, found = fold(text), list[DateMention]()
    for pattern in _DATES:
        for match in pattern.finditer(plain):
            parts = match.groupdict()
            month = month_number(parts["month"])
            if month and not any(d.span[0] < match.end() and match.start() < d.span[1] for d in found):
                day, year = parts.get("day"), parts.get("year")
                found.append(
                    DateMention(int(day) if day else None, month, int(year) if year else None, match.span())
                )
    return tuple(sorted(found, key=lambda mention: mention.span))


def wrong_days(text: str, quoted: Sequence[Span], cited: Cited) -> list[str]:
    """A reason for each date, month, weekday or "yesterday" of `text` that no cited sentence names."""
    theirs = [mention for source in cited.texts for mention in find_dates(source)]
    reasons = [
        f"the date {text[mention.span[0] : mention.span[1]]} is not in the cited sentences"
        for mention in find_dates(text)
        if not inside(mention.span, quoted) and not any(_covers(other, mention) for other in theirs)
    ]
    named = {_CALENDAR.get(word, word) for word in cited.folded}
    named.update(MONTHS[mention.month - 1] for mention in theirs)
    for word in find_words(text):
        name = _CALENDAR.get(word.folded) if word.capital else None
        wanted = name or (word.folded if word.folded in _RELATIVE else None)
        if wanted and wanted not in named and not inside((word.start, word.end), quoted):
            reasons.append(f"the day or month “{word.text}” is not in the cited sentences")
    return [*reasons, *_wrong_relative(text, cited)]


def _wrong_relative(text: str, cited: Cited) -> list[str]:
    """A reason for "next year" where the cited sentences have "this year"."""
    mine = _RELATIVE_TO.findall(fold(text))
    theirs = [pair for source in cited.texts for pair in _RELATIVE_TO.findall(fold(source))]
    reasons = []
    for which, unit in mine:
        others = {w.casefold() for w, u in theirs if u.casefold() == unit.casefold()}
        if others and which.casefold() not in others:
            reasons.append(f"the cited sentences say “{sorted(others)[0]} {unit}”, not “{which} {unit}”")
    return reasons


def _covers(other: DateMention, mine: DateMention) -> bool:
    return (
        other.month == mine.month
        and (mine.day is None or other.day == mine.day)
        and (mine.year is None or other.year == mine.year)
    )


def is_calendar(word: Word) -> bool:
    """Whether `word` is a month or a weekday (never the verb "may")."""
    return word.folded in _CALENDAR and word.folded != "may"
