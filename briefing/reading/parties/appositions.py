"""Bodies that only the words beside their name tell: "the security firm Ambergate", "Lianhe Motor, which
sells …", "a Northway spokeswoman", "the opposition Democratic Accord"."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Collection, Iterator, Sequence

from briefing.reading.parties.body_names import BODY_NOUNS, NOT_BEFORE, may_be_body, opens_sentence
from briefing.reading.parties.lexicon import PartyLexicon, PartyMention
from briefing.reading.persons import MODIFIERS, PARTICLES, ROLES, is_name_word
from briefing.types import Span

_CAPITAL = r"[A-ZÀ-Þ][\w’'\-]*"
_NAME = rf"(?P<name>{_CAPITAL}(?: (?:& |de |del |do |da |du |di )?{_CAPITAL}){{0,3}})"
_LONG_NAME = rf"(?P<name>{_CAPITAL}(?: (?:and |of |de |del |da |al-)?{_CAPITAL}){{1,3}})"
_KINDS = (
    "company|firm|operator|carrier|insurer|lender|miner|airline|charity|union|party|movement|militia|group|"
    "network|watchdog|monitor|consultancy|conglomerate|retailer|maker|affiliate|faction|lobby|think[- ]tank|"
    "giant|producer|manufacturer|developer|exporter|market leader|contractor|bidder|railway|supplier|"
    "shipyard|utility|NGO"
)
_OFFICERS = (
    "president|head|chair|chairman|chairwoman|leader|secretary|director|spokesman|spokeswoman|spokesperson|"
    "founder|member|treasurer|organiser"
)
_PATTERNS = (
    # "the security firm Ambergate", "the owner, Pelagos Bulk of Piraeus,", "Minacobre, the copper firm"
    rf"\b(?:[Tt]he|[Aa]n?|[Ii]ts) (?:[a-z\-]+ ){{0,3}}(?:{_KINDS}) {_NAME}",
    rf"\b[Tt]he (?:[a-z\-]+ ){{0,2}}(?:{_KINDS}|owner)(?: in question)?, {_NAME}(?: of [A-Z]\w+)?,",
    rf"\b{_NAME}, (?:the|an?) (?:(?!of\b|for\b|at\b|in\b|to\b)[\w\-]+ ){{0,4}}(?:{_KINDS})"
    r"(?=[,.;]| (?:that|which|based|in|of|from|with|linked|close)\b)",
    # "a gang alliance known as G12", "a group calling itself Coral Snake"
    rf"\b(?:{_KINDS}|alliance|gang|front|coalition)s? (?:calling itself|known as|called|named) "
    rf"(?:the )?{_NAME}",
    # "Lianhe Motor, which sells …"
    rf"\b{_NAME}, which (?:sells|makes|builds|runs|owns|operates|represents|supports|supported|claimed|"
    r"employs|monitors|campaigns|exports|imports|produces|insures)\b",
    # "president of the Cofradía de Levante", "BJP legislator Suresh Pattar"
    rf"\b(?:{_OFFICERS}) (?:of|for) the {_LONG_NAME}",
    rf"\b(?P<name>[A-Z]{{3,6}}) (?:[a-z]+ )?(?:legislator|lawmaker|attorney|{_OFFICERS}) (?=[A-ZÀ-Þ])",
    # "A Northway spokeswoman", "Northway's chief executive"; and what a text goes on with as "its"
    rf"\b[Aa]n? {_NAME} (?:spokesman|spokeswoman|spokesperson|executive|attorney|lawyer)\b",
    rf"\b{_NAME}['’]s (?:chairman|chairwoman|chief executive|head of [a-z]+|managing director)\b",
    rf"(?:^|(?<=\n)|(?<=[.?!] )){_NAME} [a-z]+ [^.\n]{{0,120}}\. Its (?:[a-z-]+ ){{1,2}}(?:{_OFFICERS})",
    # "the opposition Democratic Accord", "the right-wing Red Delta party"
    rf"\b(?:opposition|ruling|governing) {_LONG_NAME}",
    rf"\b(?:[Tt]he|opposition|ruling|[a-z]+-wing|a|whose) {_NAME} (?:party|gang|militia|movement|cartel)\b",
    # "the pilots' union", which has no other name in the text
    r"\b(?:[Tt]he|[A-Z]\w+['’]s) (?P<name>(?:[a-z]+ )?[a-z]+(?:s['’]|['’]s)(?: [a-z]+)? "
    r"(?:union|association|league|federation|guild|lobby|cooperative))\b",
)
_APPOSED = tuple(re.compile(pattern) for pattern in _PATTERNS)
_PARTISAN = re.compile(
    r"\b(Conservative|Labour|Liberal|Republican|Democratic|Socialist|Communist|Green|Nationalist) "
    r"(?:lawmaker|legislator|MP|senator|Senator|congressman|congresswoman|Representative|representative|leader|"
    r"deputy|candidate|spokesman|spokeswoman|politician)s?\b"
)
_CALLED = frozenset("Mr Mr. Mrs Mrs. Ms Ms. Dr Dr.".split())
_LONGEST_INITIALS = 6
_MOST_APPOSED = 50  # in one text


def find_apposed(
    text: str, mentions: Sequence[PartyMention], lexicon: PartyLexicon, named: Collection[str]
) -> Iterator[str]:
    """Names that only their company tells for a body: a noun for one beside them, or "which"."""
    places = sorted((m.start, m.end) for m in mentions)
    starts = [start for start, _ in places]
    seen = set(named)
    known = len(seen)
    for pattern in _APPOSED:
        for match in pattern.finditer(text):
            name = _without_opening(match["name"])
            end = match.end("name")
            start = end - len(name)
            at = bisect_left(starts, end)
            overlaps = bool(at and places[at - 1][1] > start)
            if len(seen) - known > _MOST_APPOSED:
                return
            if overlaps or name in seen:
                continue
            seen.add(name)
            if _is_apposed_name(text, start, name, lexicon) and not _short_of(name, named):
                yield name


def _may_begin(word: str) -> bool:
    """Whether a longer name may begin with it: "National" of "National Accord"."""
    return _in_a_name(word) or word.lower() in MODIFIERS


def _without_opening(name: str) -> str:
    """Without words that have their capital from the sentence or the week: "On Monday Norwave"."""
    words = name.split(" ")
    while len(words) > 1 and words[0][0].isupper() and not _may_begin(words[0]):
        words = words[1:]
    return " ".join(words)


def _short_of(name: str, named: Collection[str]) -> bool:
    """Whether it is a short form of a name found already, or no name alone: "the Commission"."""
    if " " in name:
        return False
    return name.lower() in BODY_NOUNS or any(longer.startswith(f"{name} ") for longer in named)


def _in_a_name(word: str) -> bool:
    return is_name_word(word) or (word.isupper() and word.isalpha() and len(word) <= _LONGEST_INITIALS)


def _is_apposed_name(text: str, start: int, name: str, lexicon: PartyLexicon) -> bool:
    words = name.split()
    if name[0].islower():
        return True
    if any(
        w.lower() in ROLES | NOT_BEFORE or not (_in_a_name(w) if at or len(words) == 1 else _may_begin(w))
        for at, w in enumerate(words)
        if w not in ("of", "&") and w not in PARTICLES
    ):
        return False
    # "A Trump spokesman": who has a first name or is called Mr is a person.
    if len(words) == 1 and any(
        m[1] in _CALLED or is_name_word(m[1])
        for m in re.finditer(rf"\b([A-ZÀ-Þ][\w.’'\-]*) {re.escape(name)}\b", text)
    ):
        return False
    # A word that opens a sentence has its capital from there.
    return not (len(words) == 1 and opens_sentence(text, start) and not name.isupper()) and may_be_body(
        name, lexicon
    )


def find_partisans(text: str) -> Iterator[tuple[str, Span]]:
    """ "Conservative lawmaker Ivo Lang" is of the Conservative Party."""
    return ((f"{match[1]} Party", match.span(1)) for match in _PARTISAN.finditer(text))
