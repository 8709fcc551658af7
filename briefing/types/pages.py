"""What is written: claims with their verdicts, answers, briefings, and reports on adding."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from briefing.types.speech import Statement
from briefing.types.texts import Article, Citation
from briefing.types.usage import Usage

Stance = Literal["affirms", "denies", "no comment", "not heard"]
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
    usage: Usage | None = None

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
    usage: Usage | None = None

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


def number_citations(claims: Sequence[Claim]) -> tuple[Citation, ...]:
    """The distinct citations of `claims` in order of first use."""
    seen = {c.key: c for claim in reversed(claims) for c in reversed(claim.citations)}
    order = dict.fromkeys(c.key for claim in claims for c in claim.citations)
    return tuple(seen[key] for key in order)
