"""What the resolver answers: a speaker, a side, and the rule that decided."""

from __future__ import annotations

from dataclasses import dataclass, replace

from briefing.reading.parties import PartyMention
from briefing.reading.persons import Person
from briefing.types import SpeakerStatus


@dataclass(frozen=True)
class Resolution:
    """Who a source is. `speaker` is None where the text names nobody."""

    speaker: str | None
    party: str | None
    affiliation: str | None
    status: SpeakerStatus
    rule: str
    confidence: float


def of_nobody(rule: str, confidence: float = 0.9) -> Resolution:
    return Resolution(None, None, None, "unnamed", rule, confidence)


def of_person(person: Person, rule: str, confidence: float) -> Resolution:
    return Resolution(person.name, person.party, person.affiliation, "named", rule, confidence)


def of_body(text: str, mention: PartyMention, rule: str, confidence: float) -> Resolution:
    """The party as `text` writes it."""
    name = text[mention.start : mention.end]
    return Resolution(name, mention.party, mention.affiliation, "named", rule, confidence)


def of_unnamed(found: Resolution, rule: str | None = None, confidence: float | None = None) -> Resolution:
    """An official of that side who is not named; rule and confidence stay unless they are given."""
    return replace(
        found,
        speaker=None,
        status="unnamed official",
        rule=found.rule if rule is None else rule,
        confidence=found.confidence if confidence is None else confidence,
    )


def of_name(name: str, rule: str, confidence: float) -> Resolution:
    """A name without a side."""
    return Resolution(name, None, None, "named", rule, confidence)
