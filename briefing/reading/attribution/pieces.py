"""Tokens as the reader model takes them in: word pieces, their types, and windows of whole sentences."""

from __future__ import annotations

from collections.abc import Sequence

from briefing.reading.attribution.document import Document
from briefing.types import Span

WINDOW = 256  # word pieces, with the two marks at the ends
FIRST, LAST, UNKNOWN, MARK_TYPE = 101, 102, 100, 3
_MOST_PIECES = 6  # of one word: a longer one is a serial number or noise


def piece_ids(words: Sequence[str]) -> list[list[int]]:
    """The vocabulary ids of each word's pieces; no word is left without one."""
    from briefing.reading.characters import encodable
    from briefing.reading.inference import load_tokenizer

    encoded = load_tokenizer().encode_batch([encodable(word) for word in words], add_special_tokens=False)
    return [encoding.ids[:_MOST_PIECES] or [UNKNOWN] for encoding in encoded]


def token_types(document: Document) -> list[int]:
    """What the uncased vocabulary loses, as a number below 16: quoted (8), opens a paragraph (4), its
    shape."""
    types = []
    previous = None
    for word, quoted, paragraph in zip(document.words, document.quoted, document.paragraph_of, strict=True):
        starts = previous is None or paragraph != previous
        types.append(quoted * 8 + starts * 4 + _shape(word))
        previous = paragraph
    return types


def _shape(word: str) -> int:
    """0 lower case, 1 capitalised, 2 all capitals, 3 not a word."""
    if not word[0].isalpha():
        return 3
    if word.isupper() and len(word) > 1:
        return 2
    return 1 if word[0].isupper() else 0


def windows(document: Document, sizes: Sequence[int], overlap: int, first_room: int = WINDOW) -> list[Span]:
    """Token ranges of whole sentences that fit the model, each sharing up to `overlap` pieces with the last.

    `sizes` are the pieces of each token. `first_room` bounds the first window, so that training can begin
    its windows elsewhere each time.
    """
    units = [unit for bounds in document.sentence_tokens for unit in _cut(bounds, sizes)]
    room = first_room - 2
    found: list[Span] = []
    first = 0
    while first < len(units):
        total, stop = 0, first
        while stop < len(units) and (stop == first or total + units[stop][2] <= room):
            total += units[stop][2]
            stop += 1
        room = WINDOW - 2
        found.append((units[first][0], units[stop - 1][1]))
        if stop >= len(units):
            break
        back, start = 0, stop
        while start - 1 > first and back + units[start - 1][2] <= overlap:
            start -= 1
            back += units[start][2]
        first = start
    return found


def _cut(bounds: Span, sizes: Sequence[int]) -> list[tuple[int, int, int]]:
    """A sentence as (first, stop, pieces); one too long for the model comes in several parts."""
    parts: list[tuple[int, int, int]] = []
    start, total = bounds[0], 0
    for token in range(*bounds):
        if total + sizes[token] > WINDOW - 2:
            parts.append((start, token, total))
            start, total = token, 0
        total += sizes[token]
    if bounds[1] > start:
        parts.append((start, bounds[1], total))
    return parts


def encode(
    window: Span, pieces: Sequence[Sequence[int]], types: Sequence[int]
) -> tuple[list[int], list[int], list[int]]:
    """Ids, types, and where each token's first piece stands, of one window with its two marks."""
    ids, kinds, firsts = [FIRST], [MARK_TYPE], []
    for token in range(*window):
        firsts.append(len(ids))
        ids.extend(pieces[token])
        kinds.extend([types[token]] * len(pieces[token]))
    return [*ids, LAST], [*kinds, MARK_TYPE], firsts
