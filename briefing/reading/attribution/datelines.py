"""Date-lines: "TALLINN, Feb 14 (Nordbalt) -", "PORT-AU-PRINCE —". They say where, never who."""

from __future__ import annotations

import re

from briefing.types import Span

DATELINE = re.compile(
    r"([A-ZÀ-Þ][\w.'’\-]*(?: [A-ZÀ-Þ][\w.'’\-]*){0,3})(?:/[A-ZÀ-Þ \-]+)?(?:, [\w.,/ ]{1,30}?)?"
    r"(?: \([^()\n]{2,40}\))? ?(?:--?|–|—|:)\s"
)


def without_dateline(text: str, span: Span) -> Span:
    """A span that begins with the date-line of its paragraph begins behind it; any other is as it was."""
    start, end = span
    opens = start == 0 or text[start - 1] == "\n"
    line = DATELINE.match(text, start, end) if opens else None
    if line is None or line[1] != line[1].upper() or text[line.end() - 2] == ":":
        return span
    behind = line.end() + len(text[line.end() : end]) - len(text[line.end() : end].lstrip())
    return (behind, end) if behind < end else span
