"""Repairs what a tagger that reads 256 pieces at a time cannot see: quotations that go on, and two layouts.

a. A quotation with no source goes on from one beside it in its paragraph, and a speech that its paragraph
   does not close goes on in the next.
b. `“…” — Name` on a line of its own (letters, voices from the street).
c. `NAME: …` line by line (transcripts).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from briefing.reading.quotations import quotation_spans
from briefing.types import Span

_LINE = re.compile(r"[^\n]+")
_WORD = re.compile(r"\w[\w’'-]*")
_NAME = r"(?:[A-ZÀ-Þ][\w.’'\-]{0,30}|de|la|van|von)"
_SIGNED = re.compile(rf"[”\"“]\s{{0,3}}[―—–]{{1,2}}\s{{0,3}}([A-ZÀ-Þ][\w.’'\-]{{0,30}}(?: {_NAME}){{0,5}})")
_TURN = re.compile(r"^[\"“]?([A-Z][A-Z.'’\- ]{2,30}):[ ]", re.MULTILINE)
_LONG_QUOTATION = 5  # words; a shorter one is a phrase, not a speech
_TURNS = 4  # lines before we call a text a transcript
_NOTHING_SAID = 60  # characters; a longer paragraph without a quotation ends a speech


@dataclass
class Attribution:
    """Source, cue and content in characters, while they are being put right."""

    source: list[Span]
    cue: list[Span]
    content: list[Span]
    rule: str = "tagged"


def repair(text: str, attributions: Sequence[Attribution]) -> list[Attribution]:
    """The attributions with the three repairs made, in order of their content."""
    lines = [match.span() for match in _LINE.finditer(text)]
    quotations = quotation_spans(text)
    found = list(attributions)
    found = _transcript(text, lines, found)
    found = _signed(text, quotations, found)
    found = _go_on(text, lines, quotations, found)
    starts = [start for start, _ in lines]
    found = [
        part
        for a in found
        for part in _at_home(text, quotations, a, lambda offset: bisect_right(starts, offset))
    ]
    for attribution in found:
        attribution.content = [span for span in attribution.content if _WORD.search(text, *span)]
    return sorted((a for a in found if a.content), key=lambda a: a.content[0])


def _at_home(
    text: str, quotations: Sequence[Span], attribution: Attribution, paragraph_at: Callable[[int], int]
) -> list[Attribution]:
    """Parts a content off where it stands in a paragraph without its source and cue and no speech led there.

    A quotation parted off is nobody's; other words go back to the outlet.
    """
    anchors = [*attribution.source, *attribution.cue]
    if not attribution.source or not anchors:
        return [attribution]
    home = {paragraph_at(start) for start, _ in anchors}
    kept: list[Span] = []
    strays: list[Attribution] = []
    for span in attribution.content:
        paragraph = paragraph_at(span[0])
        if paragraph in home:
            kept.append(span)
            if _unclosed(text, quotations, span):
                home.add(paragraph + 1)
        elif any(a <= span[0] + 1 and span[1] <= b + 2 for a, b in quotations):
            strays.append(Attribution([], [], [span], "no speaker in the text"))
    attribution.content = kept
    return [attribution, *strays] if kept else strays


def _unclosed(text: str, quotations: Sequence[Span], span: Span) -> bool:
    """Whether `span` ends in a quotation that its paragraph leaves open."""
    return any(a < span[1] and b >= span[1] - 1 and text[b : b + 1] == "\n" for a, b in quotations)


def _cut(attributions: Sequence[Attribution], span: Span) -> list[Attribution]:
    """The attributions with `span` taken out of every content; those left empty are dropped."""
    start, end = span
    kept = []
    for attribution in attributions:
        content: list[Span] = []
        for a, b in attribution.content:
            if b <= start or a >= end:
                content.append((a, b))
                continue
            content.extend(part for part in ((a, start), (end, b)) if part[0] < part[1])
        attribution.content = content
        if content:
            kept.append(attribution)
    return kept


def _transcript(text: str, lines: Sequence[Span], found: list[Attribution]) -> list[Attribution]:
    turns = list(_TURN.finditer(text))
    if len(turns) < _TURNS or len({turn[1] for turn in turns}) < 2:
        return found
    ends = dict(lines)
    for turn in turns:
        said = (turn.end(), ends.get(turn.start(), turn.end()))
        if said[1] - said[0] > 10:
            found = _cut(found, said)
            found.append(Attribution([turn.span(1)], [], [said], "transcript"))
    return found


def _signed(text: str, quotations: Sequence[Span], found: list[Attribution]) -> list[Attribution]:
    for match in _SIGNED.finditer(text):
        quotation = next((q for q in quotations if abs(q[1] - match.start()) <= 2), None)
        if quotation and quotation[1] - quotation[0] > 15:
            found = _cut(found, quotation)
            found.append(Attribution([match.span(1)], [], [quotation], "signed quotation"))
    return found


def _go_on(
    text: str, lines: Sequence[Span], quotations: Sequence[Span], found: list[Attribution]
) -> list[Attribution]:
    """Rule a. A quotation passes to the next paragraph only where the one before it was never closed. Who
    was quoted last is no ground: of 14 quoted paragraphs in the development texts that only that would
    credit, 6 were that speaker's."""
    running: Attribution | None = None
    at = 0
    for line in lines:
        inside: list[Span] = []
        while at < len(quotations) and quotations[at][0] < line[1]:
            if len(_WORD.findall(text, *quotations[at])) >= _LONG_QUOTATION:
                inside.append(quotations[at])
            at += 1
        if not inside:
            running = None if line[1] - line[0] > _NOTHING_SAID else running
            continue
        whole = sum(b - a for a, b in inside) > 0.85 * (line[1] - line[0])
        found = _hand_out(found, inside, running if whole else None)
        running = _speech(text, inside[-1], found, running if whole else None)
    return found


def _hand_out(
    found: list[Attribution], inside: Sequence[Span], running: Attribution | None
) -> list[Attribution]:
    """Give each quotation of one paragraph that nobody holds to who is quoted beside it, or to `running`."""
    owners = [_owner(found, q) for q in inside]
    named = [o for q, (o, n) in zip(inside, owners, strict=True) if o and o.source and 2 * n > q[1] - q[0]]
    for quotation, (owner, held) in zip(inside, owners, strict=True):
        barely = held < 0.3 * (quotation[1] - quotation[0])
        if owner and not barely and (owner.source or owner.cue):
            continue
        before = [o for o in named if min(o.content)[0] < quotation[0]]
        speaker = before[-1] if before else (named[0] if named else running)
        if speaker is not None:
            found = _cut(found, quotation) if owner and not owner.source else found
            speaker.content = sorted({*speaker.content, quotation})
        elif owner is None:
            found.append(Attribution([], [], [quotation], "no speaker in the text"))
    return found


def _owner(found: Sequence[Attribution], quotation: Span) -> tuple[Attribution | None, int]:
    best, most = None, 0
    for attribution in found:
        held = sum(max(0, min(quotation[1], b) - max(quotation[0], a)) for a, b in attribution.content)
        if held > most:
            best, most = attribution, held
    return best, most


def _speech(
    text: str, last: Span, found: Sequence[Attribution], running: Attribution | None
) -> Attribution | None:
    """Who is still speaking when a paragraph ends with the quotation `last`."""
    unclosed = last[1] < len(text) and text[last[1]] == "\n"
    if not unclosed:
        return None
    owner, _ = _owner(found, last)
    return owner if owner is not None and owner.source else running
