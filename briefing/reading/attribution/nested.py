"""Second pass: what others are said to have said inside a statement ("He said the general had told him …").

The reader model knows one layer. So the contents that hold a reporting verb are read once more, by
themselves; and "(Putin believes)" in the middle of a quotation is found by its form. What is found is known
through the outer speaker only, and is kept inside the outer statement.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from briefing.reading.attribution.reporting import reporting_verbs
from briefing.types import Span

_WORD = re.compile(r"[^\W\d_]+")
_ASIDE = re.compile(
    r"\(((?:[A-ZÀ-Þ][\w.’'\-]*)(?: [A-ZÀ-Þ][\w.’'\-]*){0,3}|he|she|they) "
    r"(believes?|thinks?|says?|said|claims?|insists?|argues?|hopes?|fears?)\) ?"
)
_FEWEST = 6  # words of a content that may hold another
_ACTS = frozenset(("say", "deny", "demand", "decline", "believe"))
_END = re.compile(r"[.!?]?[”\"“’']*$")


@dataclass(frozen=True)
class Inner:
    """An attribution inside the content of the outer one that has this number."""

    outer: int
    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]


Find = Callable[[str], Sequence[tuple[Sequence[Span], Sequence[Span], Sequence[Span]]]]


def find_inner(text: str, contents: Sequence[Sequence[Span]], find: Find) -> list[Inner]:
    """The attributions inside `contents` (those of each outer attribution, as offsets into `text`).

    `find` reads a text and gives (source, cue, content) spans. Time is linear: every content is read once.
    """
    found = list(_asides(text, contents))
    taken = {inner.outer for inner in found}
    starts: list[int] = []  # of each content in the text that is read again
    places: list[tuple[int, Span]] = []
    parts: list[str] = []
    length = 0
    for number, spans in enumerate(contents):
        for start, end in spans:
            if number not in taken and _may_report(text[start:end]):
                starts.append(length)
                places.append((number, (start, end)))
                parts.append(text[start:end].replace("\n", " "))
                length += end - start + 1
    for source, cue, content in find("\n".join(parts)) if parts else ():
        if not (source and cue and content):
            continue
        at = bisect_right(starts, cue[0][0]) - 1
        number, (start, end) = places[at]
        moved = [
            tuple((a - starts[at] + start, b - starts[at] + start) for a, b in spans)
            for spans in (source, cue, content)
        ]
        inside = all(start <= a and b <= end for spans in moved for a, b in spans)
        if inside and _is_whole(text, moved[2], (start, end)):
            found.append(Inner(number, *moved))
    return sorted(found, key=lambda inner: (inner.outer, inner.content[0]))


def _may_report(content: str) -> bool:
    words = _WORD.findall(content)
    verbs = reporting_verbs()
    return len(words) > _FEWEST and any(w in verbs and verbs[w].act in _ACTS for w in words[1:])


def _is_whole(text: str, content: Sequence[Span], within: Span) -> bool:
    """Whether the inner content is a clause of its own, and not the whole of the outer one."""
    words = sum(len(_WORD.findall(text, *span)) for span in content)
    return words >= 3 and words < len(_WORD.findall(text, *within)) - 1


def _asides(text: str, contents: Sequence[Sequence[Span]]) -> list[Inner]:
    found = []
    for number, spans in enumerate(contents):
        for start, end in spans:
            for match in _ASIDE.finditer(text, start, end):
                stop = _END.search(text, match.end(), end)
                rest = (match.end(), stop.start() if stop else end)
                if rest[1] - rest[0] > 10:
                    found.append(Inner(number, (match.span(1),), (match.span(2),), (rest,)))
    return found
