"""Whether cited sentences bear out a claim in meaning: a small model's vote, word by word.

A cross-encoder over the claim and the cited sentences nearest to it (all-MiniLM-L6-v2's 22 M parameters,
trained by `training/support.py`; card in models/checker.md). For every word piece of the claim it says how
likely it is not borne out; a claim holds as likely as none of its pieces fails (noisy-or). It votes after the
exact checks and can only reject.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from briefing.checking.alignment import Cited
from briefing.checking.coverage import asked_words
from briefing.checking.quotations import quoted_spans
from briefing.checking.speech import find_speeches
from briefing.reading.inference import open_session
from briefing.reading.numbers import find_numbers
from briefing.reading.word_pieces import read_word_pieces
from briefing.reading.words import Word, content_words, find_words, inside
from briefing.types import Span

WEIGHTS = "checker.int8.onnx"
# Parts of a piece's type: which side it is on, whether the other side has its word, whether it is a name or
# a number. The tokenizer folds case, so a name would look like any word.
EVIDENCE, SHARED, TELLING = 1, 2, 4
KINDS = 8
_BEGIN, _BETWEEN = 101, 102
_LONGEST_CLAIM, _LONGEST_EVIDENCE = 120, 230  # word pieces
_LONGEST_TEXT = 4000  # characters: more than the pieces that are seen
_MOST_SENTENCES = 3
# The pair as a whole must be surer to fail than a word: on lines that differ little it is too quick.
_PAIR_MARGIN = 1.0
_SURELY = 50.0
_FEWEST = 2  # pieces that count; less is a quotation with its speaker
# Small words that a claim may not exchange for others.
_WEIGHTY = frozenset("all every each only most few not never no may might must".split())


@dataclass(frozen=True)
class Pair:
    """A claim and its evidence as word pieces: ids, types, and of each claim piece (they come right after the
    first) its span in the claim and whether it counts.

    Small words are exchanged freely; numbers, quoted words, who says it and the verb are compared elsewhere.
    """

    ids: list[int]
    types: list[int]
    spans: list[Span]
    counted: list[bool]


def choose_evidence(words: Sequence[Word], cited: Cited) -> list[int]:
    """The cited sentences, at most three, that together hold most of a claim's words; in their order."""
    if len(cited.texts) <= _MOST_SENTENCES:
        return list(range(len(cited.texts)))
    return sorted(cited.best_together({word.stem for word in content_words(words)}, _MOST_SENTENCES))


@dataclass(frozen=True)
class Meaning:
    """`log_holds` is the log-probability that all of a claim is borne out; `doubtful` words are not."""

    log_holds: float
    doubtful: tuple[str, ...]


def weigh(claim: str, cited: Cited) -> Meaning:
    """The model's vote on one written sentence, a long one stretch by stretch. Raises ModelFileError."""
    chosen = choose_evidence(find_words(claim), cited)
    # Names borne out elsewhere are told as a sentence of their own.
    granted = " ".join(dict.fromkeys(word.text for word in cited.granted))
    evidence = (*(cited.texts[index] for index in chosen), *([granted] if granted else []))
    votes = [_vote(stretch, evidence) for stretch in _stretches(claim)]
    return Meaning(sum(vote.log_holds for vote in votes), tuple(w for vote in votes for w in vote.doubtful))


def _stretches(claim: str) -> list[str]:
    """`claim`, or where the model would not see its end, parts of it that it sees whole."""
    starts = [piece.span[0] for piece in read_word_pieces(claim)][::_LONGEST_CLAIM] or [0]
    return [claim[a:b] for a, b in zip([0, *starts[1:]], [*starts[1:], len(claim)], strict=True)]


@lru_cache(maxsize=4096)
def _vote(claim: str, evidence: tuple[str, ...]) -> Meaning:
    """Kept for the last few thousand pairs: a page and its copies are checked line by line again."""
    import numpy as np

    pair = encode_pair(claim, evidence)
    if sum(pair.counted) < _FEWEST:
        return Meaning(0.0, ())
    ids, types = np.array([pair.ids], np.int64), np.array([pair.types], np.int64)
    feed = {"input_ids": ids, "attention_mask": np.ones_like(ids), "token_type_ids": types}
    (logits,) = open_session(WEIGHTS).run(None, feed)
    counted = np.array(pair.counted, bool)
    pieces = logits[0, 1 : 1 + len(counted), 0][counted].astype(np.float64)
    whole = -_SURELY if _is_extract(claim, evidence) else float(logits[0, 0, 1]) - _PAIR_MARGIN
    # log sigmoid(-x) = -log(1 + e^x), summed: nothing fails.
    log_holds = -float(np.logaddexp(0.0, pieces).sum() + np.logaddexp(0.0, whole))
    spans = [span for span, counts in zip(pair.spans, pair.counted, strict=True) if counts]
    doubtful = [span for span, logit in zip(spans, pieces, strict=True) if logit > 0]
    words = find_words(claim[:_LONGEST_TEXT])
    told = [w.text for w in words if any(a < w.end and w.start < b for a, b in doubtful)]
    return Meaning(log_holds, tuple(told))


def _is_extract(claim: str, evidence: Sequence[str]) -> bool:
    """Whether a claim only leaves words of one sentence out: nothing in it can have changed places."""
    mine = [word.stem for word in asked_words(find_words(claim)) if not word.text[0].isdigit()]
    for text in evidence:
        theirs = iter(word.stem for word in find_words(text))
        if all(stem in theirs for stem in mine):
            return True
    return False


def encode_pair(claim: str, evidence: Sequence[str]) -> Pair:
    """The model's input for one claim; text beyond 120 pieces of claim or 230 of evidence is not seen."""
    claim = claim[:_LONGEST_TEXT]
    evidence = [text[:_LONGEST_TEXT].replace("cannot", "can not") for text in evidence]
    mine, theirs = find_words(claim), [find_words(text) for text in evidence]
    pieces = _side(claim, {word.stem for words in theirs for word in words}, 0)[:_LONGEST_CLAIM]
    asked = {word.stem for word in mine}
    other = [piece for text in evidence for piece in _side(text, asked, EVIDENCE)][:_LONGEST_EVIDENCE]
    elsewhere = [number.span for number in find_numbers(claim)]
    elsewhere += quoted_spans(claim)
    weighty = {word.start for word in asked_words(mine)}
    weighty |= {word.start for word in mine if word.folded in _WEIGHTY}
    weighty -= {word.start for speech in find_speeches(claim) if speech.saying for word in speech.subject}
    return Pair(
        [_BEGIN, *(p.id for p in pieces), _BETWEEN, *(p.id for p in other), _BETWEEN],
        [0, *(p.type for p in pieces), 0, *(p.type for p in other), EVIDENCE],
        [p.span for p in pieces],
        [p.word is not None and p.word.start in weighty and not inside(p.span, elsewhere) for p in pieces],
    )


class _Piece(NamedTuple):
    id: int
    type: int
    span: Span
    word: Word | None


def _side(text: str, shared: set[str], side: int) -> list[_Piece]:
    """The pieces of the claim or of one sentence; `shared` are the stems on the other side."""
    return [
        _Piece(
            piece.id,
            side | SHARED * (piece.word is None or piece.word.stem in shared) | TELLING * piece.telling,
            piece.span,
            piece.word,
        )
        for piece in read_word_pieces(text)
    ]
