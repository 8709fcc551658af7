"""The reader model: which tokens of a text are a source, a cue or a content of an attribution.

A 22 M parameter transformer (MiniLM, int8 ONNX) scores BIOES labels of every token; the best label path is
found by Viterbi's algorithm with the steps the model learned (a linear-chain CRF; Lafferty et al. 2001). The
model card beside the weights says what it was trained on and how well it does.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, Literal

from briefing.reading.attribution.document import Document
from briefing.reading.attribution.pieces import MARK_TYPE, WINDOW, encode, piece_ids, token_types, windows
from briefing.types import Span

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]

WEIGHTS = "tagger.int8.onnx"
Role = Literal["source", "cue", "content"]
ROLES: tuple[Role, ...] = ("source", "cue", "content")
# Order of the labels: O, then begins, inside, ends, alone for each role.
LABELS = 1 + 4 * len(ROLES)
_OVERLAP = WINDOW // 3
_BATCH = 4  # windows; larger batches were slower on two cores


@dataclass(frozen=True)
class TaggedSpans:
    """Token ranges (first, stop) for each role, in order."""

    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]


def tag(document: Document) -> TaggedSpans:
    """Tag a document. Raises ModelFileError when the weights are missing or damaged."""
    return spans_of(best_labels(score(document), learned_steps()))


def score(document: Document) -> Floats:
    """(tokens, 13) label scores, window by window; time and memory are linear in the document's length."""
    import numpy as np

    pieces, types = piece_ids(document.words), token_types(document)
    places = windows(document, [len(p) for p in pieces], _OVERLAP)
    count = len(document.tokens)
    scores = np.zeros((count, LABELS), np.float32)
    margin = np.full(count, -1)
    order = sorted(range(len(places)), key=lambda w: (places[w][1] - places[w][0], w))
    for begin in range(0, len(order), _BATCH):
        batch = [places[w] for w in order[begin : begin + _BATCH]]
        found = _run([encode(window, pieces, types) for window in batch])
        for row, (first, stop) in enumerate(batch):
            # Where windows overlap, the one counts whose edge is farthest away.
            tokens = np.arange(first, stop)
            left = tokens - first if first else np.full(stop - first, count)
            right = stop - 1 - tokens if stop < count else np.full(stop - first, count)
            edge = np.minimum(left, right)
            better = edge > margin[first:stop]
            margin[first:stop][better] = edge[better]
            scores[first:stop][better] = found[row, : stop - first][better]
    return scores


def _run(encoded: Sequence[tuple[list[int], list[int], list[int]]]) -> Floats:
    """The label scores of every token of a few windows, (windows, tokens, 13)."""
    import numpy as np

    from briefing.reading.inference import open_session

    shape = (len(encoded), max(len(ids) for ids, _, _ in encoded))
    words = max(len(places) for _, _, places in encoded)
    ids, mask = np.zeros(shape, np.int64), np.zeros(shape, np.int64)
    kinds = np.full(shape, MARK_TYPE, np.int64)
    firsts = np.zeros((len(encoded), words, 1), np.int64)
    for row, (window_ids, window_types, places) in enumerate(encoded):
        ids[row, : len(window_ids)] = window_ids
        kinds[row, : len(window_ids)] = window_types
        mask[row, : len(window_ids)] = 1
        firsts[row, : len(places), 0] = places
    feeds = {"input_ids": ids, "attention_mask": mask, "token_type_ids": kinds, "token_places": firsts}
    labels: Floats = open_session(WEIGHTS).run(["labels"], feeds)[0]
    return labels


@cache
def learned_steps() -> Floats:
    """The score of every step (13, 13) from label to label that the model learned, -inf where impossible.

    Read once a process. Raises ModelFileError as `tag` does.
    """
    import numpy as np

    from briefing.reading.inference import open_session

    one = np.zeros((1, 1), np.int64)
    feeds: dict[str, Any] = dict.fromkeys(("input_ids", "token_type_ids"), one)
    feeds |= {"attention_mask": one + 1, "token_places": one[..., None]}
    return possible_steps(open_session(WEIGHTS).run(["transitions"], feeds)[0])


def possible_steps(steps: Floats) -> Floats:
    """The scores with -inf for every step that would leave a span open or go on with none."""
    import numpy as np

    return np.array(
        [
            [steps[before, after] if _may_follow(before, after) else -np.inf for after in range(LABELS)]
            for before in range(LABELS)
        ],
        np.float32,
    )


def _may_follow(before: int, after: int) -> bool:
    """Whether label `after` may stand behind `before`; 0, no span, also stands before and behind a text."""
    is_open = before > 0 and (before - 1) % 4 in (0, 1)
    goes_on = after > 0 and (after - 1) % 4 in (1, 2)
    return is_open == goes_on and (not is_open or (before - 1) // 4 == (after - 1) // 4)


def best_labels(scores: Floats, steps: Floats) -> list[int]:
    """The best possible path of labels through (tokens, 13) scores."""
    import numpy as np

    if not len(scores):
        return []
    # A text begins and ends outside every span.
    state = scores[0] + np.where(np.isfinite(steps[0]), np.float32(0), -np.inf)
    came = np.zeros(scores.shape, np.int64)
    columns = np.arange(LABELS)
    for at in range(1, len(scores)):
        reached = state[:, None] + steps
        came[at] = best = reached.argmax(axis=0)
        state = reached[best, columns] + scores[at]
    path = [int((state + np.where(np.isfinite(steps[:, 0]), np.float32(0), -np.inf)).argmax())]
    for at in range(len(scores) - 1, 0, -1):
        path.append(int(came[at, path[-1]]))
    return path[::-1]


def spans_of(labels: Sequence[int]) -> TaggedSpans:
    """The spans that a path of labels marks."""
    found: dict[Role, list[Span]] = {role: [] for role in ROLES}
    start = 0
    for token, label in enumerate(labels):
        role, step = ROLES[(label - 1) // 4], (label - 1) % 4
        if label and step in (0, 3):
            start = token
        if label and step in (2, 3):
            found[role].append((start, token + 1))
    return TaggedSpans(*(tuple(found[role]) for role in ROLES))
