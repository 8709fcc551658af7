"""Quotation marks: which characters of a text stand inside them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from briefing.types import Span

_LINE = re.compile(r"[^\n]+")
_MARK = re.compile(r"[“”\"„«»‟″＂]|``|''")
# Single marks quote where a line has no double ones ('We will stay,' she said). One opens before a word and
# closes behind one; behind an s it may be an apostrophe ("the rebels' town") and closes only before a comma
# or where no other mark of the line could.
_SINGLE_OPEN = re.compile(r"(?<![\w.,!?’'])[‘'‚‹](?=[^\W_]|[\[(])")
_SINGLE_CLOSE = re.compile(r"(?<=[\w.,!?…)\]])[’'‘›](?![\w’'])")
_SURE_CLOSE = re.compile(r"(?<=[.,!?…])[’'‘›](?![\w’'])|(?<=[^\Ws])[’'‘›](?![\w’'])|[’'‘›](?=[,.;:])")


def quotation_spans(text: str) -> list[Span]:
    """The spans between quotation marks, marks left out, in order; none crosses a line break.

    Single marks count only in a line without double ones. Straight marks toggle. A mark of the wrong shape
    still closes (“ISIL“). A quotation that is not closed runs to the end of its paragraph, as it does when
    a speaker goes on in the next one.
    """
    spans: list[Span] = []
    for line in _LINE.finditer(text):
        spans.extend(
            _in_line(text, *line.span()) if _MARK.search(text, *line.span()) else _single(text, *line.span())
        )
    return spans


def _single(text: str, start: int, end: int) -> list[Span]:
    spans: list[Span] = []
    opening = _SINGLE_OPEN.search(text, start, end)
    while opening is not None:
        after = opening.end()
        following = _SINGLE_OPEN.search(text, after, end)
        until = following.start() if following else end
        closing = _SURE_CLOSE.search(text, after, until) or _SINGLE_CLOSE.search(text, after, until)
        if closing is not None:
            spans.append((after, closing.start()))
        opening = following if closing is None else _SINGLE_OPEN.search(text, closing.end(), end)
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
