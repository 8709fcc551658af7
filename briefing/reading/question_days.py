"""The days a question asks about: "on 1 October", "since Monday", "in October 2015"."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass

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
_DAY_MONTHS = rf"\b(?P<first>\d{{1,2}}){_RANGE}(?: of)? {MONTH}{_YEAR}"
_MONTH_DAYS = rf"\b{MONTH} (?P<first>\d{{1,2}}){_RANGE}\b{_YEAR}"
_MONTH_YEAR = rf"\b{MONTH},? (?P<year>(?:19|20)\d\d)\b"
# "May" and "March" are months only after one of these words, or with a year.
_MONTH_ALONE = re.compile(
    r"\b(?:in|since|during|last|this|before|after|until|early|mid|late|of)[ -](?:early |mid[ -]|late )?"
    rf"{MONTH}(?! ?\d)",
    re.IGNORECASE,
)
_YEAR_ALONE = re.compile(r"\b(?:in|since|during|before|after|until) (?P<year>(?:19|20)\d\d)\b", re.IGNORECASE)
_PATTERNS = (
    *(re.compile(p, re.IGNORECASE) for p in (_DAY_MONTHS, _MONTH_DAYS, DAY_MONTH, MONTH_DAY, ISO, NUMERIC)),
    re.compile(rf"(?<!\d )(?<!th )\b{MONTH},? (?P<year>(?:19|20)\d\d)\b", re.IGNORECASE),
    _MONTH_ALONE,
    _YEAR_ALONE,
    re.compile(
        rf"(?:\b(?P<lead>last|next) )?\b{WEEKDAY}(?P<week> (?:of )?(?:last|this|next) week\b)?", re.IGNORECASE
    ),
    re.compile(RELATIVE, re.IGNORECASE),
    re.compile(r"\b(?P<lead>this|last|past) (?P<unit>week|month|year)\b", re.IGNORECASE),
    re.compile(
        r"\b(?:last|past) (?P<count>\d{1,3}|two|three|four|five|six|seven|ten) (?P<unit>day|week|month)s\b",
        re.IGNORECASE,
    ),
)
_PART_OF_MONTH = re.compile(
    r"\b(?:(early|mid|late)[ -]|the (end|beginning|start|middle) of )(?:the )?$", re.IGNORECASE
)
_COUNTS = {"two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "ten": 10}
_JOIN = re.compile(r"(?:,? and|,? or| to| until| till| through| ?-| ?–) ?(?:on |the )?", re.IGNORECASE)
_LEAD = re.compile(
    r"\b(since|from|after|before|until|till|up to|by) (?:the )?"
    r"(?:early |late |mid[ -]|(?:end|beginning|start|middle) of )?$",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class _Point:
    start: int
    end: int
    days: Days


def days_in_question(question: str, today: dt.date | None) -> tuple[dt.date | None, dt.date | None] | None:
    """The first and last day that `question` asks about, both included; None where it names no day.

    An open side ("before 5 October 2015") is None. Without `today` only dates with a year count; with it,
    a day or month without a year is the latest one that has begun.
    """
    points = _points(question, today)
    if not points:
        return None
    first, *rest = points
    if rest and _JOIN.fullmatch(question, first.end, rest[0].start):
        return _ordered(first.days[0], rest[0].days[1])
    since, until = first.days
    match = _LEAD.search(question, max(0, first.start - 20), first.start)
    lead = match[1].lower() if match else ""
    one = dt.timedelta(days=1)
    if lead in ("since", "from"):
        return since, None if today is None else max(today, until)
    if lead == "after":
        return until + one, None if today is None else max(today, until + one)
    if lead == "before":
        return None, since - one
    return (None, until) if lead else (since, until)


def _ordered(since: dt.date, until: dt.date) -> Days:
    """The range; "28 December to 3 January 2016" begins a year earlier, "Friday to Monday" a week."""
    if since <= until:
        return since, until
    if (since - until).days < 7:
        return since - dt.timedelta(days=7), until
    return make_day(since.year - 1, since.month, since.day) or since, until


def _points(question: str, today: dt.date | None) -> list[_Point]:
    """The days and periods named, in order, the longest where they overlap."""
    years = re.findall(r"\b(?:19|20)\d\d\b", question)
    hint = int(years[-1]) if years else None
    found = []
    for pattern in _PATTERNS:
        for match in pattern.finditer(question):
            days = _read(match, today, hint)
            if days is not None:
                # The word that makes "May" a month, or 2015 a year, is no part of it.
                group = {_MONTH_ALONE: "month", _YEAR_ALONE: "year"}.get(pattern, 0)
                found.append(_Point(match.start(group), match.end(), days))
    found.sort(key=lambda p: (p.start, -p.end))
    kept: list[_Point] = []
    for point in found:
        if kept and question[kept[-1].end : point.start] in (" ", ", ", ", the "):
            kept.pop()  # "Wednesday, 30 September 2015" is one day
        if not kept or point.start >= kept[-1].end:
            kept.append(point)
    return kept


def _read(match: re.Match[str], today: dt.date | None, hint: int | None) -> Days | None:
    parts = match.groupdict()
    if "mark" in parts:
        day = numeric_day(match)
        return (day, day) if day else None
    if "month" in parts:
        return _in_month(parts, match.string[: match.start("month")], today, hint)
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


def _in_month(
    parts: Mapping[str, str | None], before: str, today: dt.date | None, hint: int | None
) -> Days | None:
    """A day, some days, a part or the whole of a month; without a year, of the latest one that has begun."""
    month = month_number(parts["month"] or "")
    first = int(parts.get("day") or parts.get("first") or 1)
    year = int(parts.get("year") or hint or 0)
    if not year:
        if today is None:
            return None
        year = today.year - ((month, first) > (today.month, today.day))
    if not 1 <= month <= 12:
        return None
    length = calendar.monthrange(year, month)[1]
    first_of_part, last_of_part = _part_of_month(before, length)
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
