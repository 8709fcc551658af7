"""The words of a calendar: patterns for written days, and the day that the parts of one make."""

from __future__ import annotations

import datetime as dt
import re

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
MONTHS = (
    *("january", "february", "march", "april", "may", "june", "july"),
    *("august", "september", "october", "november", "december"),
)
# ASCII letters alone (?a: ...): in any case "Frıday" and "ſept" would match too, and are no key of a table.
MONTH = (
    r"(?P<month>(?a:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|"
    r"sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b)"
    # The full stop of an abbreviation, not one that ends the sentence.
    r"(?:(?:(?<=\b[a-z]{3})(?<!may)|(?<=\bsept))\.)?"
)
RELATIVE = (
    r"\b(?P<word>(?a:today|tonight|yesterday|tomorrow|last night|this (?:morning|afternoon|evening)))\b"
)
WEEKDAY = rf"(?P<weekday>(?a:{'|'.join(WEEKDAYS)}))\b"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
# "Oct. 1, 2015", but not "March 4,000", "October 1.5 million" or "May 20:30".
_YEAR = r"(?:(?:,? |,)(?P<year>(?:19|20)\d\d)\b(?![,.]\d)|(?![,.:]?\d))"
# Four ways to write a whole day. Each begins with a digit or a month's name: linear in the text.
DAY_MONTH = rf"(?<![\d.,:/$£€])\b{_DAY}(?: of)? {MONTH}{_YEAR}"
MONTH_DAY = rf"\b{MONTH} (?:the )?{_DAY}\b{_YEAR}"
ISO = r"(?<![\d-])(?P<year>(?:19|20)\d\d)-(?P<month>\d\d)-(?P<day>\d\d)(?![\d-])"
NUMERIC = (
    r"(?<![\d./-])(?P<first>\d{1,2})(?P<mark>[./-])(?P<second>\d{1,2})(?P=mark)(?P<year>(?:19|20)\d\d)(?!\d)"
)


def month_number(word: str) -> int:
    """1 to 12 for a month's name or abbreviation, or for its digits (0 where they are no month)."""
    if word.isdigit():
        return int(word) if 1 <= int(word) <= 12 else 0
    return next(n for n, month in enumerate(MONTHS, 1) if month.startswith(word.lower()[:3]))


def make_day(year: int, month: int, day: int) -> dt.date | None:
    """The day, or None where there is no such day."""
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def days_around(month: int, day: int, near: dt.date, weekday: str | None = None) -> list[dt.date]:
    """That day and month in the year of `near` and the years beside it, in order; none for 31 June.

    Where one of them is a `weekday`, the others are left out.
    """
    days = [d for shift in (-1, 0, 1) if (d := make_day(near.year + shift, month, day)) is not None]
    fitting = [d for d in days if weekday and WEEKDAYS[d.weekday()].startswith(weekday.lower()[:3])]
    return fitting or days


def weekday_before(name: str, day: dt.date) -> dt.date:
    """The latest day of that name on or before `day`."""
    return day - dt.timedelta(days=(day.weekday() - WEEKDAYS.index(name.lower())) % 7)


def weekday_after(name: str, day: dt.date) -> dt.date:
    """The first day of that name on or after `day`."""
    return day + dt.timedelta(days=(WEEKDAYS.index(name.lower()) - day.weekday()) % 7)


def weekday_in_week(name: str, day: dt.date, weeks: int) -> dt.date:
    """The day of that name in the week (Monday to Sunday) `weeks` after that of `day`."""
    monday = day - dt.timedelta(days=day.weekday())
    return monday + dt.timedelta(days=7 * weeks + WEEKDAYS.index(name.lower()))


def numeric_day(match: re.Match[str]) -> dt.date | None:
    """The day of "13/10/2015" or "24.07.2016" (points: day first), None where it can be read in two ways."""
    first, second, year = int(match["first"]), int(match["second"]), int(match["year"])
    if match["mark"] == "." or first > 12 or first == second:
        return make_day(year, second, first)
    return make_day(year, first, second) if second > 12 else None
