"""Quotation marks: which characters of a text stand inside double quotation marks."""

from __future__ import annotations

import re
from collections.abc import Sequence

from briefing.types import Span

_LINE = re.compile(r"[^\n]+")
_MARK = re.compile(r"[“”\"„«»]|``|''")


def quotation_spans(text: str) -> list[Span]:
    """The spans between double quotation marks, marks left out, in order; none crosses a line break.

    Straight marks toggle. A mark of the wrong shape still closes (“ISIL“). A quotation that is not closed
    runs to the end of its paragraph, as it does when a speaker goes on in the next one.
    """
    spans: list[Span] = []
    for line in _LINE.finditer(text):
        spans.extend(_in_line(text, line.start(), line.end()))
    return spans


def _in_line(text: str, start: int, end: int) -> list[Span]:
    spans: list[Span] = []
    opened: int | None = None
    for match in _MARK.finditer(text, start, end):
        mark, at, after = match.group(), match.start(), match.end()
        space_before = at == start or text[at - 1].isspace()
        if opened is None:
            # A closing mark that follows a word closes something we never saw open.
            if mark != "”" or space_before or text[at - 1] in "(—–-":
                opened = after
        elif mark == "“" and space_before and after < end and not text[after].isspace():
            spans.append((opened, at))
            opened = after
        else:
            spans.append((opened, at))
            opened = None
    if opened is not None and opened < end:
        spans.append((opened, end))
    return [(a, b) for a, b in spans if b > a]


def quoted_share(text: str, spans: Sequence[Span], within: Sequence[Span]) -> float:
    """The share (0..1) of the letters and digits of `within` that stand inside the quotations `spans`."""
    total = inside = 0
    for start, end in within:
        total += _letters(text, start, end)
        for a, b in spans:
            if a < end and b > start:
                inside += _letters(text, max(a, start), min(b, end))
    return inside / total if total else 0.0


def _letters(text: str, start: int, end: int) -> int:
    return sum(character.isalnum() for character in text[start:end])
