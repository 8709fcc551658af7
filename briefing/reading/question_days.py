"""The days a question asks about, and where it names them: "on 1 October", "since Monday"."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from dataclasses import dataclass, replace

from briefing.reading.calendar_words import (
    DAY_MONTH,
    ISO,
    MONTH,
    MONTH_DAY,
    NUMERIC,
    RELATIVE,
    WEEKDAY,
    make_day,
    month_number,
    numeric_day,
    weekday_after,
    weekday_before,
    weekday_in_week,
)

Days = tuple[dt.date, dt.date]

_RANGE = r"(?:st|nd|rd|th)? ?(?:-|–|to|and|until|till|through) ?(?P<last>\d{1,2})(?:st|nd|rd|th)?"
_YEAR = r"(?:,? (?P<year>(?:19|20)\d\d)\b|(?![,.:]?\d))"
_ORDINAL = r"(?:\bthe (?=\d+(?:st|nd|rd|th)))?"
_DAY_MONTHS = rf"{_ORDINAL}\b(?P<first>\d{{1,2}}){_RANGE}(?: of)? {MONTH}{_YEAR}"
_MONTH_DAYS = rf"\b{MONTH} (?P<first>\d{{1,2}}){_RANGE}\b{_YEAR}"
# "May" and "March" are months only after one of these words, or with a year.
_MONTH_ALONE = re.compile(
    r"\b(?:in|since|during|last|this|before|after|until|early|mid|late|of)[ -](?:early |mid[ -]|late )?"
    rf"{MONTH}(?! ?\d)",
    re.IGNORECASE,
)
_ISO = rf"{ISO}(?:T[\d:.+Z-]*[\dZ])?"
_YEAR_ALONE = re.compile(r"\b(?:in|since|during|before|after|until) (?P<year>(?:19|20)\d\d)\b", re.IGNORECASE)
_WEEKDAY = re.compile(
    rf"(?:\b(?P<lead>last|next) )?\b{WEEKDAY}(?P<week> (?:of )?(?a:last|this|next) week\b)?", re.IGNORECASE
)
_PATTERNS = (
    *(re.compile(p, re.IGNORECASE) for p in (_DAY_MONTHS, _MONTH_DAYS, _ORDINAL + DAY_MONTH, MONTH_DAY)),
    *(re.compile(p, re.IGNORECASE) for p in (_ISO, NUMERIC)),
    re.compile(rf"(?<!\d )(?<!th )\b{MONTH},? (?P<year>(?:19|20)\d\d)\b", re.IGNORECASE),
    _MONTH_ALONE,
    _YEAR_ALONE,
    _WEEKDAY,
    re.compile(RELATIVE, re.IGNORECASE),
    re.compile(r"\b(?:the )?(?P<lead>this|last|past) (?P<unit>week|month|year)\b", re.IGNORECASE),
    re.compile(
        r"\b(?:the )?(?:last|past) (?P<count>\d{1,3}|(?a:two|three|four|five|six|seven|ten)) "
        r"(?P<unit>day|week|month)s\b",
        re.IGNORECASE,
    ),
)
_PART_OF_MONTH = re.compile(
    r"\b(?:(early|mid|late)[ -]|the (end|beginning|start|middle) of )(?:the )?$", re.IGNORECASE
)
_APPOSED = (" ", ", ", ", the ")
_COUNTS = {"two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "ten": 10}
_TO = re.compile(r"(?: to| until| till| through| ?-| ?–) ?(?:on |the )?", re.IGNORECASE)
_AND = re.compile(r",? (?:and|or) (?:on |the )?", re.IGNORECASE)
# "3 October 2015" behind "28 September to": both are of that year.
_YEAR_TO_COME = re.compile(
    rf"(?:{_TO.pattern}|{_AND.pattern})(?:\w+day,? )?(?:\d{{1,2}}(?:st|nd|rd|th)?(?: of)? )?"
    r"[a-z]{3,9}\.?(?: \d{1,2}(?:st|nd|rd|th)?)?,? (?P<year>(?:19|20)\d\d)\b",
    re.IGNORECASE,
)
# What belongs to the day behind it: "since the end of", "on"; not "in the", as of "the May 2015 strike".
_LEAD = re.compile(
    r"(?:\b(?P<lead>since|from|after|before|until|till|up to|by|between|on|in|at|during)(?: on)? )?"
    r"(?:\b(?:last|this) )?(?:\b(?:early|late|mid)[ -]|\b(?:the )?(?:end|beginning|start|middle) of )?$",
    re.IGNORECASE,
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


@dataclass(frozen=True)
class _Point:
    start: int
    end: int
    days: Days
    weekday: bool


def days_in_question(question: str, today: dt.date | None) -> tuple[dt.date | None, dt.date | None] | None:
    """The days that `question` names first, as in `days_named`; None where it names no day."""
    named = days_named(question, today)
    return (named[0].first, named[0].last) if named else None


def days_named(question: str, today: dt.date | None) -> tuple[DaysNamed, ...]:
    """Every mention of days in `question`, in order and together with its preposition; "from A to B" is one.

    An open side ("before 5 October 2015") is None. Without `today` only dates with a year count; with it,
    a day or month without a year is the latest one that has begun.
    """
    points = _points(question, today)
    found: list[DaysNamed] = []
    while points:
        point = points.pop(0)
        match = _LEAD.search(question, found[-1].end if found else 0, point.start)
        start, lead = (match.start(), (match["lead"] or "").lower()) if match else (point.start, "")
        between = question[point.end : points[0].start] if points else ""
        if _TO.fullmatch(between) or (lead in ("between", "from") and _AND.fullmatch(between)):
            last = points.pop(0)
            found.append(DaysNamed(start, last.end, *_ordered(point.days[0], last.days[1])))
        else:
            found.append(DaysNamed(start, point.end, *_from_to(lead, point.days, today)))
    return tuple(found)


def _from_to(lead: str, days: Days, today: dt.date | None) -> tuple[dt.date | None, dt.date | None]:
    """The days that a preposition makes of those behind it."""
    since, until = days
    one = dt.timedelta(days=1)
    if lead in ("since", "from"):
        return since, None if today is None else max(today, until)
    if lead == "after":
        return until + one, None if today is None else max(today, until + one)
    if lead == "before":
        return None, since - one
    return (None if lead in ("until", "till", "up to", "by") else since), until


def _ordered(since: dt.date, until: dt.date) -> Days:
    """The range; "28 December to 3 January 2016" begins a year earlier, "Friday to Monday" a week."""
    if since <= until:
        return since, until
    if (since - until).days < 7:
        return since - dt.timedelta(days=7), until
    return make_day(since.year - 1, since.month, since.day) or since, until


def _points(question: str, today: dt.date | None) -> list[_Point]:
    """The days and periods named, in order, the longest where they overlap."""
    found = []
    for pattern in _PATTERNS:
        for match in pattern.finditer(question):
            days = _read(match, today)
            if days is not None:
                # The word that makes "May" a month, or 2015 a year, is no part of it.
                group = {_MONTH_ALONE: "month", _YEAR_ALONE: "year"}.get(pattern, 0)
                found.append(_Point(match.start(group), match.end(), days, pattern is _WEEKDAY))
    found.sort(key=lambda p: (p.start, -p.end))
    kept: list[_Point] = []
    for point in found:
        last = kept[-1] if kept else None
        if last and last.weekday and not point.weekday and question[last.end : point.start] in _APPOSED:
            kept[-1] = replace(point, start=last.start)  # "Wednesday, 30 September 2015" is one day
        elif last is None or point.start >= last.end:
            kept.append(point)
    return kept


def _read(match: re.Match[str], today: dt.date | None) -> Days | None:
    parts = match.groupdict()
    if "mark" in parts:
        day = numeric_day(match)
        return (day, day) if day else None
    if "month" in parts:
        return _in_month(match, today)
    if "year" in parts:
        return dt.date(int(match["year"]), 1, 1), dt.date(int(match["year"]), 12, 31)
    if today is None:
        return None
    if "weekday" in parts:
        day = _weekday(match, today)
        return day, day
    if "word" in parts:
        shift = {"yesterday": -1, "last night": -1, "tomorrow": 1}.get(match["word"].lower(), 0)
        return (today + dt.timedelta(days=shift),) * 2
    return _count(match, today) if "count" in parts else _period(match, today)


def _part_of_month(before: str, length: int) -> tuple[int, int]:
    """The days of a month that the words before its name leave: "late" are those from the 21st."""
    match = _PART_OF_MONTH.search(before)
    part = (match[1] or match[2]).lower() if match else ""
    if part in ("early", "beginning", "start"):
        return 1, 10
    if part in ("mid", "middle"):
        return 11, 20
    return (21, length) if part else (1, length)


def _in_month(match: re.Match[str], today: dt.date | None) -> Days | None:
    """A day, some days, a part or the whole of a month; without a year, of the latest one that has begun."""
    parts = match.groupdict()
    later = _YEAR_TO_COME.match(match.string, match.end())
    month = month_number(parts["month"] or "")
    first = int(parts.get("day") or parts.get("first") or 1)
    year = int(parts.get("year") or (later["year"] if later else 0))
    if not year:
        if today is None:
            return None
        year = today.year - ((month, first) > (today.month, today.day))
    if not 1 <= month <= 12:
        return None
    length = calendar.monthrange(year, month)[1]
    first_of_part, last_of_part = _part_of_month(match.string[: match.start("month")], length)
    if {"day", "first"} & set(parts):
        last = int(parts.get("last") or first)
    else:
        first, last = first_of_part, last_of_part
    return (dt.date(year, month, first), dt.date(year, month, last)) if 1 <= first <= last <= length else None


def _weekday(match: re.Match[str], today: dt.date) -> dt.date:
    name, lead = match["weekday"], (match["lead"] or "").lower()
    if match["week"]:
        weeks = {"last": -1, "this": 0, "next": 1}[match["week"].split()[-2].lower()]
        return weekday_in_week(name, today, weeks)
    if lead == "next":
        return weekday_after(name, today + dt.timedelta(days=1))
    return weekday_before(name, today - dt.timedelta(days=lead == "last"))


def _period(match: re.Match[str], today: dt.date) -> Days:
    unit, lead = match["unit"].lower(), match["lead"].lower()
    if lead == "past":
        return today - dt.timedelta(days={"week": 7, "month": 30, "year": 365}[unit]), today
    if unit == "week":
        monday = weekday_in_week("monday", today, -1 if lead == "last" else 0)
        return monday, monday + dt.timedelta(days=6)
    if unit == "year":
        year = today.year - (lead == "last")
        return dt.date(year, 1, 1), dt.date(year, 12, 31)
    first = today.replace(day=1)
    first = (first - dt.timedelta(days=1)).replace(day=1) if lead == "last" else first
    return first, first.replace(day=calendar.monthrange(first.year, first.month)[1])


def _count(match: re.Match[str], today: dt.date) -> Days:
    count = _COUNTS.get(match["count"].lower()) or int(match["count"])
    days = count * {"day": 1, "week": 7, "month": 30}[match["unit"].lower()]
    return today - dt.timedelta(days=days), today
