"""Which sentences of an article answer a question: a small model reads a stretch of it with the question.

Answer sentence selection (Garg et al. 2020, "TANDA") with all-MiniLM-L6-v2's 22 M parameters, trained by
`training/selection.py`; card in models/selector.md. Question, headline and a few sentences in a row are
read together, so that it sees who "he" is and what a sentence goes on with; each sentence is then compared
with the question as that encoder was made to compare: by the means over their word pieces.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from briefing.reading.inference import open_session
from briefing.reading.word_pieces import read_word_pieces
from briefing.reading.words import find_words
from briefing.types import Article, Span, Statement

if TYPE_CHECKING:
    from numpy.typing import NDArray

WEIGHTS = "selector.int8.onnx"
# Parts of a piece's type: what it is of, whether the other side has its word, whether it is a name or number.
QUESTION, SENTENCE, SOURCE, HEAD = 0, 1, 8, 9
SHARED, TELLING = 2, 4
_BEGIN, _BETWEEN = 101, 102
_LONGEST_QUESTION, _LONGEST_HEAD, _LONGEST_SOURCE, _LONGEST_SENTENCE = 60, 40, 12, 90  # word pieces
_POSITIONS = 512  # word pieces that the model can read at once
_LONGEST_TEXT = 2000  # characters of a sentence or question: more than the pieces that are seen
_LONGEST_STRETCH, _MOST_TOGETHER = 800, 7  # characters from which, and sentences after which, a stretch ends
_BATCH = 8

Sources = Mapping[int, str]  # of a sentence's index who is credited with what it reports


@dataclass(frozen=True)
class Stretch:
    """Sentences `first` to `last` (exclusive) of an article; the one before is read with them, not scored."""

    first: int
    last: int


@dataclass(frozen=True)
class Reading:
    """The model's input for one stretch: ids, types, the question's pieces and those of each sentence."""

    ids: list[int]
    types: list[int]
    question: Span
    sentences: list[Span]


def split_stretches(article: Article) -> list[Stretch]:
    """The article in stretches of about 800 characters, every sentence in one."""
    found, first, length = [], 0, 0
    for sentence in article.sentences:
        if length >= _LONGEST_STRETCH or sentence.index - first >= _MOST_TOGETHER:
            found.append(Stretch(first, sentence.index))
            first, length = sentence.index, 0
        length += len(sentence.text)
    if article.sentences:
        found.append(Stretch(first, len(article.sentences)))
    return found


def find_sources(statements: Iterable[Statement]) -> dict[str, dict[int, str]]:
    """By article id and sentence index the first speaker with his party, where there is one."""
    found: dict[str, dict[int, str]] = {}
    for statement in statements:
        who, party = statement.speaker or "", statement.party or ""
        if statement.act == "other" or not (who or party):
            continue
        if party not in who:
            who = f"{who} ({party})".strip()
        for sentence in statement.sentences:
            found.setdefault(statement.article.id, {}).setdefault(sentence.index, who)
    return found


def score_sentences(
    question: str, wanted: Sequence[tuple[Article, int]], sources: Mapping[str, Sources]
) -> list[float]:
    """For each sentence, told by its article and index, a logit: how likely it answers.

    Raises ModelFileError.
    """
    places: dict[tuple[str, int], tuple[int, int]] = {}
    readings: list[Reading] = []
    asked = {(article.id, index) for article, index in wanted}
    for article in {article.id: article for article, _ in wanted}.values():
        for stretch in split_stretches(article):
            held = range(stretch.first, stretch.last)
            if any((article.id, index) in asked for index in held):
                places.update({(article.id, i): (len(readings), i - stretch.first) for i in held})
                readings.append(encode_stretch(question, article, stretch, sources.get(article.id, {})))
    logits = _run_all(readings)
    found = [places[article.id, index] for article, index in wanted]
    return [logits[reading][sentence] for reading, sentence in found]


def encode_stretch(question: str, article: Article, stretch: Stretch, sources: Sources) -> Reading:
    """What the model reads of a stretch; of a long question, headline or sentence only the beginning."""
    asked, head = _stems(question), _head(article)
    sentences = article.sentences[max(0, stretch.first - 1) : stretch.last]
    told = _stems(head).union(*(_stems(sentence.text) for sentence in sentences))
    pieces = [(_BEGIN, QUESTION), *_pieces(question, QUESTION, told)[:_LONGEST_QUESTION]]
    begin = len(pieces)
    pieces += [(_BETWEEN, HEAD), *_pieces(head, HEAD, asked)[:_LONGEST_HEAD]]
    spans = []
    for place, sentence in enumerate(sentences):
        # Figures and foreign scripts have a piece a character: what is left is shared out.
        end = len(pieces) + (_POSITIONS - 1 - len(pieces)) // (len(sentences) - place)
        pieces.append((_BETWEEN, SENTENCE))
        pieces += _pieces(sources.get(sentence.index, ""), SOURCE, asked)[:_LONGEST_SOURCE]
        first = len(pieces)
        pieces += _pieces(sentence.text, SENTENCE, asked)[: max(0, min(_LONGEST_SENTENCE, end - first))]
        if sentence.index >= stretch.first:
            spans.append((min(first, len(pieces) - 1), len(pieces)))
    pieces.append((_BETWEEN, SENTENCE))
    return Reading([i for i, _ in pieces], [t for _, t in pieces], (1, max(2, begin)), spans)


def _run_all(readings: Sequence[Reading]) -> list[list[float]]:
    order = sorted(range(len(readings)), key=lambda i: len(readings[i].ids))
    found: list[list[float]] = [[] for _ in readings]
    for at in range(0, len(order), _BATCH):
        part = order[at : at + _BATCH]
        for place, logits in zip(part, _run([readings[i] for i in part]), strict=True):
            found[place] = logits
    return found


def _run(readings: Sequence[Reading]) -> list[list[float]]:
    (logits,) = open_session(WEIGHTS).run(None, model_inputs(readings))
    return [logits[row, : len(reading.sentences)].tolist() for row, reading in enumerate(readings)]


def model_inputs(readings: Sequence[Reading]) -> dict[str, NDArray[Any]]:
    """The arrays of one batch, padded to its longest: ids, mask and types, (batch, pieces), and `shares`,
    (batch, 1 + sentences, pieces): a row holds 1/n on the n pieces of a text, the question first."""
    import numpy as np

    shape = len(readings), max(len(reading.ids) for reading in readings)
    ids, mask, types = (np.zeros(shape, np.int64) for _ in range(3))
    most = 1 + max(len(reading.sentences) for reading in readings)
    shares = np.zeros((len(readings), most, shape[1]), np.float32)
    for row, reading in enumerate(readings):
        length = len(reading.ids)
        ids[row, :length], types[row, :length], mask[row, :length] = reading.ids, reading.types, 1
        for place, (first, last) in enumerate((reading.question, *reading.sentences)):
            shares[row, place, first:last] = 1 / (last - first)
    return {"input_ids": ids, "attention_mask": mask, "token_type_ids": types, "shares": shares}


def _head(article: Article) -> str:
    """Outlet, day and headline, as far as they are known."""
    day = f"{article.day.day} {article.day:%B %Y}" if article.day else ""
    return ". ".join(part for part in (article.outlet, day, article.title) if part)


@lru_cache(maxsize=4096)
def _stems(text: str) -> frozenset[str]:
    return frozenset(word.stem for word in find_words(text[:_LONGEST_TEXT]))


@lru_cache(maxsize=4096)
def _tokens(text: str) -> tuple[tuple[int, str, bool], ...]:
    """Of each word piece its id, the stem of its word, and whether that is a name or a number."""
    pieces = read_word_pieces(text[:_LONGEST_TEXT])
    return tuple((piece.id, piece.word.stem if piece.word else "", piece.telling) for piece in pieces)


def _pieces(text: str, part: int, other: frozenset[str]) -> list[tuple[int, int]]:
    return [(n, part + SHARED * (stem in other) + TELLING * telling) for n, stem, telling in _tokens(text)]
