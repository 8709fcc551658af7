"""What a body's name is made of, and what cannot be one."""

from __future__ import annotations

import re

from briefing.reading.parties.lexicon import PartyLexicon

# Nouns a body's name ends with, or begins with before "of" and "for".
BODY_NOUNS = frozenset(
    """union party council committee association federation confederation corporation company group bank
    government foundation movement front league congress authority commission organisation organization
    network coalition alliance society chamber board observatory holding holdings industries syndicate guild
    forum watch brigade brigades initiative consortium cooperative collective bloc trust fund bureau
    campaign airlines airways rail railways shipping lines petroleum energy mining steel motors telecom
    logistics metals minerals resources foods pharmaceuticals brotherhood tribunal guard""".split()
)
# An office is named by these: "Energy Minister".
OFFICES = frozenset("minister ministry secretary commissioner department ministers".split())
FIRMS = frozenset("Inc Ltd plc PLC LLC Corp Co GmbH AG SA SpA".split())
NOT_BEFORE = frozenset("the a an this that former new old our their his her its".split())
_REPORTS = re.compile(
    r"\b(?:News|Press|Times|Post|Herald|Tribune|Television|TV|Radio|Media|Broadcasting|Daily)\b"
)


def may_be_body(name: str, lexicon: PartyLexicon) -> bool:
    """Whether `name` may be one: no outlet, no embassy, not shouted, and no party that is listed."""
    shouted = name == name.upper() and " " in name
    embassy = name.endswith("High Commission")
    return not _REPORTS.search(name) and not shouted and not embassy and lexicon.resolve(name) is None


def opens_sentence(text: str, start: int) -> bool:
    """Whether what begins at `start` opens a sentence, or a quotation that does."""
    before = text[max(0, start - 3) : start].rstrip(" “\"'‘")
    return not before or before[-1] in ".!?\n:"
