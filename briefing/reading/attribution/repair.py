"""Repairs what a tagger that reads 256 pieces at a time cannot see: quotations that go on, and two layouts.

a. A quotation with no source goes on from one beside it in its paragraph, and a speech that its paragraph
   does not close goes on in the next.
b. `“…” — Name` on a line of its own (letters, voices from the street).
c. `NAME: …` line by line (transcripts).
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from briefing.reading.attribution.datelines import without_dateline
from briefing.reading.attribution.quotations import quotation_spans
from briefing.reading.attribution.reporting import find_verb
from briefing.reading.attribution.subjects import refusals, subject_of
from briefing.types import Span

_LINE = re.compile(r"[^\n]+")
_WORD = re.compile(r"\w[\w’'-]*")
_NAME = r"(?:[A-ZÀ-Þ][\w.’'\-]{0,30}|de|la|van|von)"
_SIGNED = re.compile(rf"[”\"“]\s{{0,3}}[―—–]{{1,2}}\s{{0,3}}([A-ZÀ-Þ][\w.’'\-]{{0,30}}(?: {_NAME}){{0,5}})")
_TURN = re.compile(r"^[\"“]?([A-Z][A-Z.'’\- ]{2,30}):[ ]", re.MULTILINE)
_LONG_QUOTATION = 5  # words; a shorter one is a phrase, not a speech
_TURNS = 4  # lines before we call a text a transcript


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
    found += [
        Attribution([source], [cue], [content], "no comment")
        for source, cue, content in refusals(text)
        if not any(a < content[1] and content[0] < b for other in found for a, b in other.content)
    ]
    for attribution in found:
        if attribution.cue and not attribution.source:
            subject = subject_of(text, attribution.cue[0])
            attribution.source = [subject] if subject is not None else []
        if attribution.cue and not attribution.source and not _reports(text, attribution):
            attribution.content = []  # "before they had begun agreed talks on …": nobody says anything
        attribution.source = [_trimmed(text, without_dateline(text, span)) for span in attribution.source]
        attribution.content = [span for span in attribution.content if _WORD.search(text, *span)]
    return sorted((a for a in found if a.content), key=lambda a: a.content[0])


def _reports(text: str, attribution: Attribution) -> bool:
    """Whether a verb of its cue reports, or its content is in quotation marks."""
    start, end = attribution.content[0] if attribution.content else (0, 0)
    quoted = text[start:end].startswith(tuple("“\"‘'„«")) or text[end - 1 : end] in tuple("”\"’'»")
    return quoted or any(find_verb(text[a:b]) is not None for a, b in attribution.cue)


def _trimmed(text: str, span: Span) -> Span:
    """Without the comma that it ends with, but for one that closes an apposition: "Ana Duarte, a doctor,"."""
    bare = text[slice(*span)].rstrip(" ,")
    return span if not bare or "," in bare else (span[0], span[0] + len(bare))


def _at_home(
    text: str, quotations: Sequence[Span], attribution: Attribution, paragraph_at: Callable[[int], int]
) -> list[Attribution]:
    """Parts a content off where it stands in a paragraph without its source and cue and neither a speech
    nor a colon ("Ana Duarte continued:") led there.

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
        led = paragraph - 1 in home and text[max(0, span[0] - 8) : span[0]].rstrip(' \n\xa0“"').endswith(":")
        if paragraph in home or led:
            kept.append(span)
            if _unclosed(text, quotations, span):
                home.add(paragraph + 1)
        elif (quotation := _last_before(quotations, span[0] + 2)) and span[1] <= quotation[1] + 2:
            strays.append(Attribution([], [], [span], "no speaker in the text"))
    attribution.content = kept
    return [attribution, *strays] if kept else strays


def _unclosed(text: str, quotations: Sequence[Span], span: Span) -> bool:
    """Whether `span` ends in a quotation that its paragraph leaves open."""
    quotation = _last_before(quotations, span[1])
    return quotation is not None and quotation[1] >= span[1] - 1 and text.startswith("\n", quotation[1])


def _last_before(quotations: Sequence[Span], offset: int) -> Span | None:
    """The last quotation that begins before `offset`."""
    at = bisect_left(quotations, (offset, 0))
    return quotations[at - 1] if at else None


def _cut(attributions: Sequence[Attribution], spans: Sequence[Span]) -> list[Attribution]:
    """The attributions with `spans` taken out of every content; those left empty are dropped."""
    ordered = sorted(spans)
    ends = [end for _, end in ordered]
    for attribution in attributions:
        content: list[Span] = []
        for start, stop in attribution.content:
            at = bisect_right(ends, start)
            while at < len(ordered) and ordered[at][0] < stop:
                if start < ordered[at][0]:
                    content.append((start, ordered[at][0]))
                start = ordered[at][1]
                at += 1
            if start < stop:
                content.append((start, stop))
        attribution.content = content
    return [attribution for attribution in attributions if attribution.content]


def _transcript(text: str, lines: Sequence[Span], found: list[Attribution]) -> list[Attribution]:
    turns = list(_TURN.finditer(text))
    if len(turns) < _TURNS or len({turn[1] for turn in turns}) < 2:
        return found
    ends = dict(lines)
    said = [(turn.span(1), (turn.end(), ends.get(turn.start(), turn.end()))) for turn in turns]
    told = [(name, span) for name, span in said if span[1] - span[0] > 10]
    found = _cut(found, [span for _, span in told])
    return found + [Attribution([name], [], [span], "transcript") for name, span in told]


def _signed(text: str, quotations: Sequence[Span], found: list[Attribution]) -> list[Attribution]:
    by_end = {end: (start, end) for start, end in quotations}
    signed = []
    for match in _SIGNED.finditer(text):
        near = (by_end.get(match.start() + shift) for shift in (0, -1, 1, -2, 2))
        quotation = next((q for q in near if q), None)
        if quotation and quotation[1] - quotation[0] > 15:
            signed.append((match.span(1), quotation))
    found = _cut(found, [quotation for _, quotation in signed])
    return found + [Attribution([name], [], [q], "signed quotation") for name, q in signed]


def _go_on(
    text: str, lines: Sequence[Span], quotations: Sequence[Span], found: list[Attribution]
) -> list[Attribution]:
    """Rule a. A quotation passes to the next paragraph only where the one before it was never closed. Who
    was quoted last is no ground: of 14 quoted paragraphs in the development texts that only that would
    credit, 6 were that speaker's."""
    running: Attribution | None = None
    held = sorted(((*span, n) for n, a in enumerate(found) for span in a.content), reverse=True)
    near: dict[int, int] = {}  # attributions that reach into the line, and how far
    at = 0
    for line in lines:
        while held and held[-1][0] < line[1]:
            _, end, number = held.pop()
            near[number] = max(end, near.get(number, 0))
        near = {number: end for number, end in near.items() if end > line[0]}
        inside: list[Span] = []
        while at < len(quotations) and quotations[at][0] < line[1]:
            if len(_WORD.findall(text, *quotations[at])) >= _LONG_QUOTATION:
                inside.append(quotations[at])
            at += 1
        if not inside:
            running = None
            continue
        whole = sum(b - a for a, b in inside) > 0.85 * (line[1] - line[0])
        here = [found[number] for number in sorted(near)]
        orphans = _hand_out(here, inside, running if whole else None)
        found.extend(orphans)
        running = _speech(text, inside[-1], here + orphans, running if whole else None)
    return found


def _hand_out(
    found: list[Attribution], inside: Sequence[Span], running: Attribution | None
) -> list[Attribution]:
    """Give each quotation of one paragraph that nobody holds to who is quoted beside it, or to `running`.

    Returns those that are left with nobody.
    """
    orphans: list[Attribution] = []
    owners = [_owner(found, q) for q in inside]
    named = [o for q, (o, n) in zip(inside, owners, strict=True) if o and o.source and 2 * n > q[1] - q[0]]
    for quotation, (owner, held) in zip(inside, owners, strict=True):
        barely = held < 0.3 * (quotation[1] - quotation[0])
        if owner and not barely and (owner.source or owner.cue):
            continue
        before = [o for o in named if min(o.content)[0] < quotation[0]]
        speaker = before[-1] if before else (named[0] if named else running)
        if speaker is not None:
            if owner and not owner.source:
                _cut([owner], [quotation])
            speaker.content = sorted({*speaker.content, quotation})
        elif owner is None:
            orphans.append(Attribution([], [], [quotation], "no speaker in the text"))
    return orphans


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
