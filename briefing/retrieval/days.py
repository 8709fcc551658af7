"""Where a question names days ("on 1 October", "since Monday", "last week"), and which days they are."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from briefing.reading.question_days import days_in_question

_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
_YEAR = r"(?:19|20)\d\d\b"
_NUMBER = r"\d{1,2}(?:st|nd|rd|th)?"
_POINT = (
    rf"(?:\d{{4}}-\d\d-\d\d(?:T[\d:.+Z-]*)?|\d{{1,2}}[./]\d{{1,2}}[./]\d{{4}}"
    rf"|{_NUMBER}(?: of)? {_MONTH}(?:,? {_YEAR})?|{_MONTH} {_NUMBER}\b(?:,? {_YEAR})?|{_MONTH}(?:,? {_YEAR})?"
    r"|(?:last |next )?(?:mon|tues|wednes|thurs|fri|satur|sun)day\b|today\b|yesterday\b"
    r"|(?:the )?(?:this|last|past) (?:[\w]+ )?(?:days?|weeks?|months?|year)\b)"
)
_PART = r"(?:early|mid|late|the (?:end|beginning|start|middle) of)"  # of a month
_PREPOSITION = r"(?:since|from|after|before|until|till|up to|by|on|in|at|during|last|this)(?: on)?"
_LEAD = rf"(?:{_PREPOSITION}(?: {_PART})?|{_PART})"
_RANGE = rf"(?:between|from) {_POINT},? (?:and|to|until|till|through) (?:on )?{_POINT}"
_NUMBERS = rf"(?:(?:between|from) )?\d{{1,2}} ?(?:-|–|to|and) ?{_NUMBER}(?: of)? {_MONTH}(?:,? {_YEAR})?"
_NAMED = re.compile(
    rf"\b(?:{_RANGE}|{_NUMBERS}|(?:{_LEAD}[ -])?{_POINT}|(?:in|since|during) {_YEAR})", re.IGNORECASE
)


@dataclass(frozen=True)
class DaysNamed:
    """Text [start, end) names the days from `first` to `last`; None is open on that side."""

    start: int
    end: int
    first: dt.date | None
    last: dt.date | None

    def holds(self, day: dt.date | None) -> bool:
        """Whether `day` is one of them; an article without a date is in none."""
        return day is not None and (self.first or day) <= day <= (self.last or day)


def find_days(text: str, last_day: dt.date | None) -> tuple[DaysNamed, ...]:
    """Every mention of days in `text`, in order, together with its preposition.

    `last_day` is the last day of the library: a weekday, or a day without a year, is the latest one up to it,
    because a question is about the news that was collected. Without it only dates with a year count.
    """
    found = []
    for match in _NAMED.finditer(text):
        days = days_in_question(match.group(), last_day)
        if days is not None:
            found.append(DaysNamed(match.start(), match.end(), *days))
    return tuple(found)
