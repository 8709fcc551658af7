"""What would have to be added to the library so that a question it declines could be answered."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from briefing.retrieval.evidence import Evidence
from briefing.retrieval.questions import Question


def say_what_is_wanted(question: Question, evidence: Evidence) -> str:
    """One sentence that names what articles would help: whom they quote, what they mention, when and where
    they were published."""
    voices = [*question.voice_parties, *question.voice_people[:1]]
    missing = [name for name in evidence.missing if name not in voices]
    wanted = [
        f"that quote {_either(voices)}" if voices else "",
        f"that mention {_either(missing)}" if missing else "",
        f"by {_either(question.outlets)}" if question.outlets else "",
        _published(question.since, question.until),
    ]
    told = " ".join(part for part in wanted if part) or "on this matter"
    return f"To answer it, add articles {told}."


def _published(since: dt.date | None, until: dt.date | None) -> str:
    if since is None and until is None:
        return ""
    if since is None or until is None:
        return f"published up to {_day(until)}" if since is None else f"published from {_day(since)} on"
    last = "" if since == until else f" to {_day(until)}"
    return f"published on {_day(since)}" if not last else f"published from {_day(since)}{last}"


def _day(day: dt.date | None) -> str:
    return f"{day.day} {day:%B %Y}" if day else ""


def _either(names: Sequence[str]) -> str:
    return " or ".join(names)
