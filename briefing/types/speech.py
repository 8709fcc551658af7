"""Parties, and who is credited with what."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

from briefing.types.texts import Article, Sentence, Span

StatementKind = Literal["direct", "indirect", "mixed", "belief"]
SpeakerStatus = Literal["named", "unnamed official", "unnamed"]
StatementStance = Literal["states", "denies", "affirms", "no comment", "conditional"]


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
    `act` is what the cue does, `stance` what becomes of the content. `nested` holds what others are said
    to have said inside the content: it is known through this speaker only.
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
    stance: StatementStance = "states"
    nested: tuple[Statement, ...] = ()

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
