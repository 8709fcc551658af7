"""The reader model: which tokens of a text are a source, a cue or a content of an attribution.

A 22 M parameter transformer (MiniLM, int8 ONNX) tags word pieces with BIO labels. Case, quotation state and
paragraph starts, which its uncased vocabulary loses, go in as token type ids. The model card beside the
weights says what it was trained on and how well it does.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from briefing.reading.document import Document
from briefing.types import Span

if TYPE_CHECKING:
    import numpy as np

WEIGHTS = "tagger.int8.onnx"
Role = Literal["source", "cue", "content"]

# Order of the model's outputs: O, then B and I of each role.
_ROLES: tuple[Role, ...] = ("source", "cue", "content")
_LABELS = 7
_WINDOW = 256  # word pieces, with the two marks at the ends
_OVERLAP = _WINDOW // 3
_BATCH = 4  # windows; larger batches were slower on two cores
_MOST_PIECES = 6  # of one word: a longer one is a serial number or noise
_FIRST, _LAST, _UNKNOWN, _MARK_TYPE = 101, 102, 100, 3


@dataclass(frozen=True)
class TaggedSpans:
    """Token ranges (first, stop) for each role, in order."""

    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]


def tag(document: Document) -> TaggedSpans:
    """Tag a document. Raises ModelFileError when the weights are missing or damaged."""
    if not document.tokens:
        return TaggedSpans((), (), ())
    pieces = _pieces(document.words)
    scores = _scores(document, pieces, _token_types(document))
    return _spans(_best_labels(scores.tolist()))


def _pieces(words: Sequence[str]) -> list[list[int]]:
    from briefing.reading.inference import load_tokenizer

    # Half of a surrogate pair, as broken JSON holds it, is no text to the tokenizer.
    whole = [word.encode("utf-8", "replace").decode("utf-8") for word in words]
    encoded = load_tokenizer().encode_batch(whole, add_special_tokens=False)
    return [encoding.ids[:_MOST_PIECES] or [_UNKNOWN] for encoding in encoded]


def _token_types(document: Document) -> list[int]:
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


def _windows(document: Document, sizes: Sequence[int]) -> list[Span]:
    """Token ranges of whole sentences that fit the model, each sharing about a third with the one before."""
    units = [unit for bounds in document.sentence_tokens for unit in _cut(bounds, sizes)]
    room = _WINDOW - 2
    windows: list[Span] = []
    first = 0
    while first < len(units):
        total, stop = 0, first
        while stop < len(units) and total + units[stop][2] <= room:
            total += units[stop][2]
            stop += 1
        windows.append((units[first][0], units[stop - 1][1]))
        if stop >= len(units):
            break
        back, start = 0, stop
        while start - 1 > first and back + units[start - 1][2] <= _OVERLAP:
            start -= 1
            back += units[start][2]
        first = start
    return windows


def _cut(bounds: Span, sizes: Sequence[int]) -> list[tuple[int, int, int]]:
    """A sentence as (first, stop, pieces); one too long for the model comes in several parts."""
    parts: list[tuple[int, int, int]] = []
    start, total = bounds[0], 0
    for token in range(*bounds):
        if total + sizes[token] > _WINDOW - 2:
            parts.append((start, token, total))
            start, total = token, 0
        total += sizes[token]
    if bounds[1] > start:
        parts.append((start, bounds[1], total))
    return parts


def _scores(document: Document, pieces: list[list[int]], types: list[int]) -> np.ndarray:
    """(tokens, 7) scores; where windows overlap, those of the window whose edge is farthest away."""
    import numpy as np

    count = len(document.tokens)
    scores = np.zeros((count, _LABELS), np.float32)
    margin = np.full(count, -1)
    windows = _windows(document, [len(p) for p in pieces])
    order = sorted(range(len(windows)), key=lambda w: (windows[w][1] - windows[w][0], w))
    for begin in range(0, len(order), _BATCH):
        batch = [windows[w] for w in order[begin : begin + _BATCH]]
        for (first, stop), rows in zip(batch, _infer(batch, pieces, types), strict=True):
            tokens = np.arange(first, stop)
            left = tokens - first if first else np.full(stop - first, count)
            right = stop - 1 - tokens if stop < count else np.full(stop - first, count)
            edge = np.minimum(left, right)
            better = edge > margin[first:stop]
            margin[first:stop][better] = edge[better]
            scores[first:stop][better] = rows[better]
    return scores


def _infer(windows: Sequence[Span], pieces: list[list[int]], types: list[int]) -> list[np.ndarray]:
    """The model's scores at the first piece of every token, one (tokens, 7) array a window."""
    import numpy as np

    from briefing.reading.inference import open_session

    encoded = [_encode(first, stop, pieces, types) for first, stop in windows]
    longest = max(len(ids) for ids, _, _ in encoded)
    shape = (len(encoded), longest)
    ids, mask = np.zeros(shape, np.int64), np.zeros(shape, np.int64)
    kinds = np.full(shape, _MARK_TYPE, np.int64)
    for row, (window_ids, window_types, _) in enumerate(encoded):
        ids[row, : len(window_ids)] = window_ids
        kinds[row, : len(window_ids)] = window_types
        mask[row, : len(window_ids)] = 1
    feeds = {"input_ids": ids, "attention_mask": mask, "token_type_ids": kinds}
    (output,) = open_session(WEIGHTS).run(None, feeds)
    return [output[row, firsts] for row, (_, _, firsts) in enumerate(encoded)]


def _encode(
    first: int, stop: int, pieces: list[list[int]], types: list[int]
) -> tuple[list[int], list[int], list[int]]:
    ids, kinds, firsts = [_FIRST], [_MARK_TYPE], []
    for token in range(first, stop):
        firsts.append(len(ids))
        ids.extend(pieces[token])
        kinds.extend([types[token]] * len(pieces[token]))
    return [*ids, _LAST], [*kinds, _MARK_TYPE], firsts


def _best_labels(scores: list[list[float]]) -> list[int]:
    """The best label path in which I of a role only follows B or I of the same role (Viterbi)."""
    state = list(scores[0])
    for inside in (2, 4, 6):
        state[inside] = float("-inf")
    back: list[list[int]] = []
    for row in scores[1:]:
        best = max(range(_LABELS), key=state.__getitem__)
        came = [best] * _LABELS
        for inside in (2, 4, 6):
            came[inside] = inside if state[inside] > state[inside - 1] else inside - 1
        state = [state[came[label]] + row[label] for label in range(_LABELS)]
        back.append(came)
    path = [max(range(_LABELS), key=state.__getitem__)]
    for came in reversed(back):
        path.append(came[path[-1]])
    return path[::-1]


def _spans(labels: Sequence[int]) -> TaggedSpans:
    found: dict[Role, list[Span]] = {role: [] for role in _ROLES}
    start: int | None = None
    for token, label in enumerate([*labels, 0]):
        goes_on = label > 0 and label % 2 == 0
        if start is not None and not goes_on:
            found[_ROLES[(labels[start] - 1) // 2]].append((start, token))
            start = None
        if label % 2 == 1:
            start = token
    return TaggedSpans(*(tuple(found[role]) for role in _ROLES))
