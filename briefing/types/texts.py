"""Articles and their parts: sentences, passages, and the receipts that point into them."""

from __future__ import annotations

import datetime as dt
import hashlib
from bisect import bisect_right
from dataclasses import dataclass, field
from functools import cached_property

from briefing.errors import InputError
from briefing.sentences import split_sentences

Span = tuple[int, int]


@dataclass(frozen=True)
class Sentence:
    """One sentence of an article: `text == article.text[start:end]`, `index` counts from 0."""

    index: int
    start: int
    end: int
    text: str
    paragraph: int


@dataclass(frozen=True)
class Article:
    """One text with its outlet, date and address.

    `published` takes a date, a datetime, an ISO 8601 string, or None (no date is ever invented).
    `title` is the headline; it is not part of `text` and never evidence. `id` is a hash of all that is
    given, so the same article read twice is the same article.
    """

    text: str = field(repr=False)
    title: str = ""
    outlet: str = ""
    published: dt.date | dt.datetime | str | None = None
    url: str = ""

    def __post_init__(self) -> None:
        if isinstance(self.published, str):
            object.__setattr__(self, "published", _iso(self.published))

    @cached_property
    def id(self) -> str:
        """16 hex digits of SHA-256 over address, outlet, date, headline and text."""
        parts = (self.url, self.outlet, self.published_iso, self.title, self.text)
        return hashlib.sha256("\x00".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:16]

    @property
    def published_iso(self) -> str:
        """The publication date (or date and time) in ISO 8601, or an empty string."""
        return "" if self.published is None else str(_iso_text(self.published))

    @property
    def day(self) -> dt.date | None:
        """The publication day, or None when the article has no date."""
        if isinstance(self.published, dt.datetime):
            return self.published.date()
        return self.published if isinstance(self.published, dt.date) else None

    @cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        """The sentences in order; they end inside quotations too."""
        return tuple(
            Sentence(i, s.start, s.end, self.text[s.start : s.end], s.paragraph)
            for i, s in enumerate(split_sentences(self.text))
        )

    @cached_property
    def _starts(self) -> list[int]:
        return [s.start for s in self.sentences]

    def sentence_at(self, offset: int) -> Sentence:
        """The sentence that holds `offset`, or the nearest one before it (the first if there is none)."""
        return self.sentences[max(0, bisect_right(self._starts, offset) - 1)]

    def sentences_in(self, start: int, end: int) -> tuple[Sentence, ...]:
        """Every sentence that shares at least one character with [start, end)."""
        first = max(0, bisect_right(self._starts, start) - 1)
        found = []
        for sentence in self.sentences[first:]:
            if sentence.start >= end:
                break
            if sentence.end > start:
                found.append(sentence)
        return tuple(found)


def _iso(value: str) -> dt.date | dt.datetime | None:
    value = value.strip()
    if not value:
        return None
    try:
        return dt.date.fromisoformat(value) if len(value) <= 10 else dt.datetime.fromisoformat(value)
    except ValueError:
        raise InputError(f"published date {value!r} is not ISO 8601; write it as 2015-10-01") from None


def _iso_text(value: dt.date | dt.datetime | str) -> str:
    return value if isinstance(value, str) else value.isoformat()


@dataclass(frozen=True)
class Passage:
    """A run of sentences of one article; the unit of retrieval. `text == article.text[start:end]`."""

    article: Article = field(repr=False)
    start: int
    end: int

    @property
    def text(self) -> str:
        return self.article.text[self.start : self.end]

    @property
    def id(self) -> str:
        return f"{self.article.id}:{self.start}-{self.end}"


@dataclass(frozen=True)
class Hit:
    """A passage found for a question, and its score (higher is better, comparable within one search)."""

    passage: Passage
    score: float

    @property
    def article(self) -> Article:
        return self.passage.article


@dataclass(frozen=True)
class Citation:
    """A receipt: the exact characters of one article that a claim rests on."""

    article: Article = field(repr=False)
    start: int
    end: int

    @property
    def quote(self) -> str:
        return self.article.text[self.start : self.end]

    @property
    def sentence(self) -> Sentence:
        return self.article.sentence_at(self.start)

    @property
    def key(self) -> tuple[str, int, int]:
        return (self.article.id, self.start, self.end)
