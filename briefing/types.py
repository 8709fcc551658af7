"""The nouns of the program, as frozen dataclasses. Nothing here reads a file, a model or a clock.

An offset is always a character offset into `Article.text`, end exclusive, and every span obeys
`quote == article.text[start:end]`.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

from briefing.errors import InputError
from briefing.sentences import split_sentences

Span = tuple[int, int]
StatementKind = Literal["direct", "indirect", "mixed", "belief"]
SpeakerStatus = Literal["named", "unnamed official", "unnamed"]
Stance = Literal["affirms", "denies", "no comment", "not heard"]


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
class Party:
    """A side: a government, organisation or movement. `name` is how we show it, and its key everywhere."""

    name: str
    kind: Literal["country", "opposition", "armed group", "alliance", "organisation", "un body"]
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True)
class Statement:
    """Who is credited with what, in one article (the terms of PARC and PolNeAR).

    `mention` is the source as the article writes it ("a U.S. defence official"); `speaker` the person or
    body we resolved it to, or None where the text names nobody; `party` the side spoken for, or None.
    `rule` names the rule that made the link and `confidence` (0..1) how far it is to be trusted.
    """

    article: Article = field(repr=False)
    source_spans: tuple[Span, ...]
    cue_spans: tuple[Span, ...]
    content_spans: tuple[Span, ...]
    kind: StatementKind
    mention: str = ""
    speaker: str | None = None
    party: str | None = None
    affiliation: str | None = None
    status: SpeakerStatus = "unnamed"
    rule: str = ""
    confidence: float = 0.0
    act: str = "say"

    @property
    def cue(self) -> str:
        """The reporting words as written ("insisted"), several spans joined by a space."""
        return " ".join(self.article.text[s:e] for s, e in self.cue_spans)

    @property
    def content(self) -> str:
        """What is said, as written, several spans joined by a space."""
        return " ".join(self.article.text[s:e] for s, e in self.content_spans)

    @cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        """The sentences that hold any part of the statement, in order."""
        spans = [*self.source_spans, *self.cue_spans, *self.content_spans]
        found = {s.index: s for a, b in spans for s in self.article.sentences_in(a, b)}
        return tuple(found[i] for i in sorted(found))


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


VerdictLabel = Literal[
    "supported", "unsupported", "uncited", "misattributed", "quotation not in source", "unknown citation"
]


@dataclass(frozen=True)
class Verdict:
    """What the verifier says of one written sentence: a label, a score in 0..1, and reasons to read."""

    label: VerdictLabel
    score: float
    reasons: tuple[str, ...] = ()

    @property
    def supported(self) -> bool:
        return self.label == "supported"


@dataclass(frozen=True)
class Claim:
    """One written sentence with the receipts it rests on and the verifier's word on it."""

    text: str
    party: str | None
    speaker: str | None
    citations: tuple[Citation, ...]
    verdict: Verdict
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class ClaimGroup:
    """Claims under one heading: a party, or a part of the page such as "What happened"."""

    heading: str
    claims: tuple[Claim, ...]
    party: str | None = None


@dataclass(frozen=True)
class Turn:
    """One exchange of a conversation: what was typed, and what it was taken to mean."""

    question: str
    asked: str


@dataclass(frozen=True)
class Searched:
    """What a question was put to, so that "the sources do not say" can be checked."""

    articles: int
    outlets: tuple[str, ...]
    first_day: dt.date | None
    last_day: dt.date | None
    undated: int
    parties_heard: tuple[str, ...]


@dataclass(frozen=True)
class Answer:
    """The answer to one question. `asked` is the question after follow-ups were filled in.

    When `abstained`, `claims` is empty, `reason` says why in one sentence, and `nearest` holds the
    sentences that came closest.
    """

    question: str
    asked: str
    groups: tuple[ClaimGroup, ...]
    abstained: bool
    reason: str
    nearest: tuple[Citation, ...]
    searched: Searched
    writer: str = "extractive"
    notes: tuple[str, ...] = ()

    @property
    def claims(self) -> tuple[Claim, ...]:
        return tuple(c for g in self.groups for c in g.claims)

    @property
    def receipts(self) -> tuple[Citation, ...]:
        """Every citation once, in order of first use: receipt n is number n + 1 on the page."""
        return number_citations(self.claims)


@dataclass(frozen=True)
class Position:
    """What one party holds on an issue, with its claims."""

    party: str
    stance: Stance
    claims: tuple[Claim, ...] = ()


@dataclass(frozen=True)
class Dispute:
    """Positions that cannot all hold, side by side. `statements` are the statements it was found in."""

    issue: str
    positions: tuple[Position, ...]
    statements: tuple[Statement, ...] = field(default=(), repr=False)


@dataclass(frozen=True)
class Story:
    """Articles on one event, oldest first."""

    articles: tuple[Article, ...]
    title: str = ""


@dataclass(frozen=True)
class Origin:
    """One act of reporting: ten reprints of a wire report have one origin. `articles[0]` is the fullest."""

    articles: tuple[Article, ...]


@dataclass(frozen=True)
class DateMention:
    """A day named in an article, and the day it means (None while the article has no date)."""

    citation: Citation
    day: dt.date | None
    rule: str


@dataclass(frozen=True)
class Unheard:
    """A party that the sources mention and never quote or report."""

    party: str
    mentions: int
    citation: Citation


@dataclass(frozen=True)
class Briefing:
    """The one page: what happened, each party's position, disputes, who is unnamed, who is not heard."""

    title: str
    since: dt.date | None
    until: dt.date | None
    topic: str | None
    articles: tuple[Article, ...]
    happened: tuple[Claim, ...]
    positions: tuple[ClaimGroup, ...]
    reports: tuple[Claim, ...]
    disputes: tuple[Dispute, ...]
    unnamed: tuple[Claim, ...]
    not_heard: tuple[Unheard, ...]
    dates: tuple[DateMention, ...]
    origins: tuple[Origin, ...] = ()
    notes: tuple[str, ...] = ()
    writer: str = "extractive"

    @property
    def claims(self) -> tuple[Claim, ...]:
        """Every claim on the page, in reading order."""
        held = [c for g in self.positions for c in g.claims]
        disputed = [c for d in self.disputes for p in d.positions for c in p.claims]
        return (*self.happened, *held, *self.reports, *disputed, *self.unnamed)

    @property
    def receipts(self) -> tuple[Citation, ...]:
        """Every citation once, in order of first use: receipt n is number n + 1 on the page."""
        return number_citations(self.claims)


@dataclass(frozen=True)
class Rejected:
    """An input that was not added, and why, in one sentence."""

    where: str
    reason: str


@dataclass(frozen=True)
class AddReport:
    """What `Library.add` did. `duplicates` are stored already under the same outlet with the same words."""

    added: tuple[Article, ...] = ()
    unchanged: tuple[Article, ...] = ()
    duplicates: tuple[Article, ...] = ()
    rejected: tuple[Rejected, ...] = ()
    counts: Mapping[str, int] = field(default_factory=dict)


def number_citations(claims: Sequence[Claim]) -> tuple[Citation, ...]:
    """The distinct citations of `claims` in order of first use."""
    seen = {c.key: c for claim in reversed(claims) for c in reversed(claim.citations)}
    order = dict.fromkeys(c.key for claim in claims for c in claim.citations)
    return tuple(seen[key] for key in order)
