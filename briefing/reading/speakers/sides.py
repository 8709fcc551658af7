"""A party as the source: "Moscow", "Kremlin officials", "the UK-based Observatory"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from briefing.reading.parties import PartyLexicon, PartyMention
from briefing.reading.persons import ROLES
from briefing.reading.speakers.memory import Memory
from briefing.reading.speakers.offices import ANONYMOUS, seat_of, speaks_for
from briefing.reading.speakers.resolution import Resolution, of_person
from briefing.types import Article, Span, SpeakerStatus

_BUYER = re.compile(r"(?:[Tt]he|[Ii]ts|[Aa]n?)(?: [a-z’'-]+){0,4},?(?: [\w-]+-based)?|[\w-]+-based")
_DESCRIBED = re.compile(
    r"(?:(?:[Tt]he|[Aa]n?) )?(?:(?:[A-Z][a-z]+ )?[\w]+-(?:based|led|backed|linked|affiliated|wide) |"
    r"(?:opposing|opposition|militant|terrorist|rebel|monitoring|group|watchdog|activist|rights|human) )*"
)
_APPOSED = re.compile(
    r",? (?:a|an|the|which|who|whose)\b|,|$|'s$|’s$| \(|"
    r" (?:(?:terrorist|militant|extremist|armed|rebel) )?(?:group|organi[sz]ation|movement|militia)\b"
)


def is_body(text: str, source: Span, mention: PartyMention, lexicon: PartyLexicon) -> bool:
    """Whether a source ends with the body that it is, and only describes it before: "the UK-based …"."""
    if mention.end < source[1] - 1 or ROLES & set(text[source[0] : source[1]].lower().split()):
        return False
    described = _DESCRIBED.fullmatch(text[source[0] : mention.start]) is not None
    return described and lexicon.parties[mention.party].kind in ("organisation", "armed group")


def side_of(
    text: str, source: Span, inside: Sequence[PartyMention], head: str, lexicon: PartyLexicon
) -> PartyMention | None:
    """The party, of those named `inside`, that a source without a personal name stands for."""
    for at, mention in enumerate(inside):
        # "Afghanistan's Taliban government": the body that is in power there.
        if at + 1 < len(inside) and text[mention.end : inside[at + 1].start] in ("'s ", "’s "):
            continue
        if seat_of(text, source, mention) or _leads(text, source, mention, lexicon):
            return mention
        if mention.form in ("name", "capital") and not lexicon.is_actor(text, mention):
            continue
        # "A UN observer": whoever works for a body that is no country speaks for it.
        country = lexicon.parties[mention.party].kind == "country"
        own = replace(mention, form="group") if mention.form == "name" and not country else mention
        if speaks_for(text, source, own, head):
            return mention
    return None


def _leads(text: str, source: Span, mention: PartyMention, lexicon: PartyLexicon) -> bool:
    """Whether a source is the party and words about it: "Russia a key ally of …", "the RSF, which …"."""
    before = text[source[0] : mention.start].strip(' ,“"')
    if mention.form == "group" and _BUYER.fullmatch(before):
        before = ""  # "The buyer, Emirates-based Qasr Holding"
    if mention.form == "demonym" or before.lower() not in ("", "the"):
        return False
    apposed = _APPOSED.match(text[mention.end : source[1]]) is not None
    return apposed and (mention.form not in ("name", "capital") or lexicon.is_actor(text, mention))


def of_side(article: Article, source: Span, side: PartyMention, head: str, memory: Memory) -> Resolution:
    """A party's own word: the one person it names in that office, or the party as the source writes it."""
    status: SpeakerStatus = "unnamed official" if head in ANONYMOUS else "named"
    rule = f"party named as a {side.form}"
    if head in ROLES and (holder := memory.holder(head, side.party, source[0])) is not None:
        return of_person(holder, f"{rule}; the one the text names", 0.85)
    text = article.text[source[0] : source[1]]
    until = text.find(",", side.end - source[0])
    speaker = text if until < 0 else text[:until]
    written = article.text[side.start : side.end]
    before = text[: side.start - source[0]].lower().strip()
    if before not in ("", "the") and head in written.lower().split() and speaker.endswith(written):
        speaker = written  # "The Britain-based Syrian Observatory"
    if side.form == "group" and before.endswith(",") and speaker.endswith(written):
        speaker = written  # "The ship's owner, Meltem Shipping"
    named = speaker if status == "named" else None
    return Resolution(named, side.party, side.affiliation, status, rule, 0.95)
