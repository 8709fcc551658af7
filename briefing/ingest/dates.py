"""Publication dates as files write them. A date that can be read in two ways is not read at all.

Read: ISO 8601; 1 October 2015; Oct. 1, 2015; Thu, 01 Oct 2015 10:00:00 GMT; Unix seconds or milliseconds;
21/8/2013 and 8/21/2013 (also with dots or hyphens). Which of the last two orders a file keeps to is found
once, from its rows that can only be read one way.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from email.utils import parsedate_to_datetime
from typing import Literal

DateOrder = Literal["day first", "month first"]
Published = dt.date | dt.datetime

_MONTHS = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)
_FIRST_YEAR, _LAST_YEAR = 1600, 2200  # outside these a number is a placeholder or no date at all
_FLAGS = re.ASCII | re.IGNORECASE
# A time after a day tells us nothing about the day, so it is skipped; but only if it looks like one.
_TIME = r"(?:[ ,T]+(?:at )?\d{1,2}[:.]\d{2}.{0,60})?"
_WEEKDAY = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?\.?,? +)?"
_NUMBERS = re.compile(r"(\d{1,2})([/.-])(\d{1,2})\2(\d{4})" + _TIME, _FLAGS)
_YEAR_FIRST = re.compile(r"(\d{4})([/.])(\d{1,2})\2(\d{1,2})" + _TIME, _FLAGS)
_DAY_MONTH = re.compile(
    _WEEKDAY + r"(\d{1,2})(?:st|nd|rd|th)?[ -](?:of )?([a-z]{3,9})\.?,?[ -](\d{4})" + _TIME, _FLAGS
)
_MONTH_DAY = re.compile(_WEEKDAY + r"([a-z]{3,9})\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})" + _TIME, _FLAGS)
_MAIL = re.compile(
    r"(?:[a-z]{3}, )?\d{1,2} [a-z]{3} \d{4} \d\d:\d\d(?::\d\d)? (?:GMT|UTC?|Z|[+-]\d{4})", _FLAGS
)
_ZONE = re.compile(r" ?(?:(?:UTC|GMT|Z)|([+-]\d\d:?\d\d))$", _FLAGS)


def read_date(value: object, order: DateOrder | None = None) -> Published | None:
    """The day, or day and time, that `value` states; None when it states none or could mean two days.

    `order` decides dates of two small numbers, such as 4/5/2015; without it they are None.
    """
    if isinstance(value, dt.date):
        return value
    if isinstance(value, bool):
        return None
    if isinstance(value, int | float):
        return _from_seconds(value)
    if not isinstance(value, str) or len(value) > 100:
        return None
    text = " ".join(value.split())
    found = _from_digits(text) if text.isascii() and text.isdigit() else _from_text(text, order)
    return found if found and _FIRST_YEAR <= found.year <= _LAST_YEAR else None


def is_ambiguous(value: object) -> bool:
    """Whether `value` is a date that only the order of day and month in its file can decide."""
    pair = _two_numbers(value)
    return pair is not None and max(pair) <= 12 and pair[0] != pair[1]


def infer_order(values: Iterable[object]) -> DateOrder | None:
    """The order of day and month in a file by its unambiguous dates; None without any or if they clash."""
    seen: set[DateOrder] = set()
    for value in values:
        first, second = _two_numbers(value) or (0, 0)
        if first > 12 >= second:
            seen.add("day first")
        elif second > 12 >= first:
            seen.add("month first")
    return seen.pop() if len(seen) == 1 else None


def _two_numbers(value: object) -> tuple[int, int] | None:
    match = _NUMBERS.fullmatch(value.strip()) if isinstance(value, str) else None
    return (int(match[1]), int(match[3])) if match else None


def _from_seconds(value: float) -> Published | None:
    # Nine digits begin in 1973: below that, numbers are counts, years and placeholders, not moments.
    if 1e11 <= value < 1e14:
        value /= 1000
    return dt.datetime.fromtimestamp(value, dt.UTC) if 1e8 <= value < 7e9 else None


def _from_digits(text: str) -> Published | None:
    return _from_iso(text) if len(text) == 8 else _from_seconds(int(text))


def _from_text(text: str, order: DateOrder | None) -> Published | None:
    if _MAIL.fullmatch(text):
        return _from_mail(text)
    if match := _NUMBERS.fullmatch(text):
        return _from_numbers(int(match[1]), int(match[3]), int(match[4]), order)
    if match := _YEAR_FIRST.fullmatch(text):
        return _day(int(match[1]), int(match[3]), int(match[4]))
    if match := _DAY_MONTH.fullmatch(text):
        return _day(int(match[3]), _month(match[2]), int(match[1]))
    if match := _MONTH_DAY.fullmatch(text):
        return _day(int(match[3]), _month(match[1]), int(match[2]))
    return _from_iso(text)


def _from_numbers(first: int, second: int, year: int, order: DateOrder | None) -> dt.date | None:
    if first > 12 or first == second:
        return _day(year, second, first)
    if second > 12:
        return _day(year, first, second)
    if order is None:
        return None
    return _day(year, second, first) if order == "day first" else _day(year, first, second)


def _from_iso(text: str) -> Published | None:
    if len(text) > 10:
        text = _ZONE.sub(lambda zone: zone[1] or "+00:00", text)
    try:
        return dt.date.fromisoformat(text) if len(text) <= 10 else dt.datetime.fromisoformat(text)
    except ValueError:
        return None


def _from_mail(text: str) -> Published | None:
    try:
        return parsedate_to_datetime(text)
    except ValueError:
        return None


def _month(word: str) -> int:
    """1 to 12 for a month or the first three letters or more of one (Sept), else 0."""
    return next((n for n, month in enumerate(_MONTHS, start=1) if month.startswith(word.lower())), 0)


def _day(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None
