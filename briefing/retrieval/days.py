"""The days that a question names ("on 1 October", "since Monday", "last week"), in the eyes of a library."""

from __future__ import annotations

import datetime as dt

from briefing.reading.question_days import DaysNamed, days_named


def find_days(text: str, last_day: dt.date | None, first_day: dt.date | None = None) -> tuple[DaysNamed, ...]:
    """Every mention of days in `text`, in order, together with its preposition.

    `last_day` is the last day of the library: a weekday, or a day without a year, is the latest one up to it,
    because a question is about the news that was collected. Without it only dates with a year count. With
    `first_day`, only those count that its articles may be of; "in 1915" is history, and part of the matter.
    """
    found = days_named(text, last_day)
    if first_day is None or last_day is None:
        return found
    return tuple(
        days
        for days in found
        if (days.last or first_day) >= first_day and (days.first or last_day) <= last_day
    )
