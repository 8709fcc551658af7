"""Windows of annotated articles as the reader model learns them, and the ways they are varied.

A corpus of US politics with clean typography teaches a model US politics with clean typography. So part of
the windows come with other quotation marks or none, without commas, all in capitals or in lower case, and
with names from elsewhere.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path

from briefing.reading.attribution.document import Document, read_document
from briefing.reading.attribution.pieces import WINDOW, encode, piece_ids, token_types, windows
from briefing.reading.attribution.tagger import ROLES
from briefing.types import Article, Span
from training.polnear import GoldAttribution

_MARKS = frozenset('“”"„«»')
_STYLES = (("“", "”"), ('"', '"'), ("«", "»"), ("„", "“"), ("“", "“"), ("'", "'"), ("‘", "’"))
_APOSTROPHES = str.maketrans("", "", "’'")
_QUOTED, _OPENS, _OTHER = 8, 4, 3  # parts of a token's type: see briefing.reading.attribution.pieces


@dataclass(frozen=True)
class Token:
    """One token; `span` numbers the annotated span that it is in (-1: none), `role` counts from 1 (0:
    none)."""

    word: str
    pieces: tuple[int, ...]
    type: int
    role: int = 0
    span: int = -1


@dataclass(frozen=True)
class Lesson:
    """One article and its tokens."""

    document: Document = field(repr=False)
    tokens: tuple[Token, ...]


@dataclass(frozen=True)
class Example:
    """One window: ids and types of its pieces, where each token's first piece stands, and the labels."""

    ids: list[int]
    types: list[int]
    firsts: list[int]
    labels: list[int]


def read_lesson(article: Article, gold: Sequence[GoldAttribution]) -> Lesson:
    """Where annotations overlap (one word in seventy), the later role wins, and the later attribution."""
    document = read_document(article)
    place: list[tuple[int, int]] = [(0, -1)] * len(document.tokens)
    spans: dict[tuple[str, Span], int] = {}
    for attribution in gold:
        for role, name in enumerate(ROLES, 1):
            for start, end in getattr(attribution, name):
                tokens = document.token_range(start, end)
                span = spans.setdefault((name, tokens), len(spans))
                for token in range(*tokens):
                    place[token] = (role, span)
    pieces, types = piece_ids(document.words), token_types(document)
    tokens_found = tuple(
        Token(word, tuple(ids), kind, *where)
        for word, ids, kind, where in zip(document.words, pieces, types, place, strict=True)
    )
    return Lesson(document, tokens_found)


def examples(lesson: Lesson, chance: random.Random, varied: float) -> Iterator[Example]:
    """The windows of one article, cut elsewhere each time; `varied` is the share that is not as written."""
    sizes = [len(token.pieces) for token in lesson.tokens]
    room = chance.randint(WINDOW // 4, WINDOW)
    vary = _Variation(lesson, chance) if chance.random() < varied else None
    for first, stop in windows(lesson.document, sizes, 0, room):
        tokens: Sequence[Token] = lesson.tokens[first:stop]
        tokens = vary(tokens) if vary else tokens
        if tokens:
            yield _example(tokens)


def _example(tokens: Sequence[Token]) -> Example:
    ids, types, firsts = encode((0, len(tokens)), [t.pieces for t in tokens], [t.type for t in tokens])
    return Example(ids, types, firsts, _labels(tokens))


def _opens(tokens: Sequence[Token], at: int) -> bool:
    return at == 0 or (tokens[at - 1].role, tokens[at - 1].span) != (tokens[at].role, tokens[at].span)


def _labels(tokens: Sequence[Token]) -> list[int]:
    """BIOES: 0 for none, then four for each role: begins, inside, ends, alone."""
    labels = []
    for at, token in enumerate(tokens):
        closes = at + 1 == len(tokens) or _opens(tokens, at + 1)
        step = (3 if closes else 0) if _opens(tokens, at) else (2 if closes else 1)
        labels.append(1 + 4 * (token.role - 1) + step if token.role else 0)
    return labels


class _Variation:
    """One way of writing the same text, drawn for a whole article."""

    def __init__(self, lesson: Lesson, chance: random.Random) -> None:
        kind = chance.random()
        self._marks = chance.choice(_STYLES) if kind < 0.45 else None
        self._unquoted = 0.45 <= kind < 0.55
        self._commas = 0.55 <= kind < 0.65  # lost, with the apostrophes, as some archives lost them
        self._case = 2 if 0.65 <= kind < 0.70 else (0 if 0.70 <= kind < 0.75 else None)
        self._names = _new_names(lesson, chance) if kind >= 0.75 or chance.random() < 0.3 else {}
        # A single mark may be taken for an apostrophe, and then nothing is known to be quoted.
        self._unseen = self._marks is not None and self._marks[0] in "'‘" and chance.random() < 0.3

    def __call__(self, tokens: Sequence[Token]) -> list[Token]:
        out = []
        for at, token in enumerate(tokens):
            if token.word in _MARKS and (self._marks or self._unquoted):
                if self._unquoted:
                    continue
                opens = at + 1 < len(tokens) and bool(tokens[at + 1].type & _QUOTED)
                token = self._spelled(token, self._marks[not opens] if self._marks else token.word)
            elif self._commas and token.word == ",":
                continue
            elif self._commas and ("'" in token.word or "’" in token.word):
                token = self._spelled(token, token.word.translate(_APOSTROPHES) or token.word)
            elif token.word in self._names:
                token = self._spelled(token, self._names[token.word])
            kind = token.type & ~_QUOTED if self._unquoted or self._unseen else token.type
            if self._case is not None and kind & _OTHER != _OTHER:
                kind = kind & ~_OTHER | self._case
            out.append(replace(token, type=kind))
        return out

    @staticmethod
    def _spelled(token: Token, word: str) -> Token:
        return replace(token, word=word, pieces=_pieces(word))


@cache
def _pieces(word: str) -> tuple[int, ...]:
    return tuple(piece_ids([word])[0])


@cache
def _names() -> tuple[str, ...]:
    lines = (Path(__file__).parent / "names.txt").read_text(encoding="utf-8").splitlines()
    return tuple(name for line in lines if not line.startswith("#") for name in line.split())


def _new_names(lesson: Lesson, chance: random.Random) -> dict[str, str]:
    """Names from elsewhere for words that stand capitalised in sources and never in lower case."""
    lower = {token.word for token in lesson.tokens if token.word.islower()}
    known = sorted(
        {
            token.word
            for token in lesson.tokens
            if token.role == 1
            and token.type & _OTHER == 1
            and token.word.isalpha()
            and len(token.word) > 3
            and token.word.lower() not in lower
        }
    )
    return {word: chance.choice(_names()) for word in known if chance.random() < 0.6}
