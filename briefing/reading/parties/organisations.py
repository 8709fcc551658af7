"""Unions, companies, parties and other bodies that a text names and no list holds.

A run of capitalised words built on a noun for a body ("Delta Farmers' Union", "Union of Dock Workers",
"Aurex Mining Corporation") is one. It is a party in that text, under the name the text gives it in full; its
initials in brackets behind it are the same party. News agencies, papers and broadcasters are none: they
report.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Collection, Iterator, Sequence

from briefing.reading.parties.lexicon import PartyLexicon, PartyMention
from briefing.reading.parties.short_forms import short_forms
from briefing.reading.persons import ROLES, is_name_word
from briefing.types import Party, Span

# Nouns a body's name ends with, or begins with before "of" and "for".
_BODY = frozenset(
    """union party council committee association federation confederation corporation company group bank
    government foundation movement front league congress authority commission organisation organization
    network coalition alliance society chamber board observatory holding holdings industries syndicate guild
    forum watch brigade brigades initiative consortium cooperative collective bloc trust fund bureau
    campaign airlines airways rail railways shipping lines petroleum energy mining steel motors telecom logistics
    guard""".split()
)
_OFFICES = frozenset("minister ministry secretary commissioner department ministers".split())
_FIRMS = frozenset("Inc Ltd plc PLC LLC Corp Co GmbH AG SA SpA".split())
_NOT_BEFORE = frozenset("the a an this that former new old our their his her its".split())
_REPORTS = re.compile(
    r"\b(?:News|Press|Times|Post|Herald|Tribune|Television|TV|Radio|Media|Broadcasting|Daily)\b"
)
_WORD = re.compile(r"[^\W\d_](?:[^\W_]|[.&'’\-](?=[^\W_]))*")
_SOMEBODYS = ("-based", "-led", "-backed", "-run", "-Assad")
_TAIL = re.compile(r" (?:of|for)(?: the)? (?=[A-ZÀ-Þ])")
# Behind these a name is at its end: "the Xinhua News Agency and Kavala Port Authority" are two.
_CLOSED = _FIRMS | {"agency", "ministry", "department", "office", "army", "court"}
_FEWEST, _MOST = 2, 8  # words of a name
_TAIL_WORDS = 1  # that follow the first behind "of": "Network for Human Rights | Fadel Ghani"
# "the security firm Ambergate", "the owner, Pelagos Bulk of Piraeus,", "Lianhe Motor, which sells …".
_NAME = r"(?P<name>[A-ZÀ-Þ][\w’'\-]*(?: (?:& )?[A-ZÀ-Þ][\w’'\-]*){0,3})"
_KIND = (
    r"(?:company|firm|operator|carrier|insurer|lender|miner|airline|charity|union|party|movement|militia|group|"
    r"network|watchdog|monitor|consultancy|conglomerate|retailer|maker|affiliate|faction|lobby|"
    r"think[- ]tank|giant|producer|manufacturer|developer|exporter|market leader|contractor)"
)
_APPOSED: tuple[re.Pattern[str], ...] = (
    re.compile(rf"\b(?:[Tt]he|[Aa]n?|[Ii]ts) (?:[a-z\-]+ ){{0,3}}{_KIND} {_NAME}"),
    re.compile(
        rf"\b[Tt]he (?:[a-z\-]+ ){{0,2}}(?:{_KIND[3:-1]}|owner)(?: in question)?, {_NAME}(?: of [A-Z]\w+)?,"
    ),
    re.compile(
        rf"\b{_NAME}, (?:the|an?) (?:(?!of\b|for\b|at\b|in\b|to\b)[\w\-]+ ){{0,4}}{_KIND}"
        r"(?=[,.;]| (?:that|which|based|in|of|from|with|linked|close)\b)"
    ),
    re.compile(
        rf"\b{_NAME}, which (?:sells|makes|builds|runs|owns|operates|represents|supports|supported|claimed|"
        r"employs|monitors|campaigns|exports|imports|produces|insures)\b"
    ),
)
_OFFICER = (
    r"(?:president|head|chair|chairman|chairwoman|leader|secretary|director|spokesman|spokeswoman|spokesperson|"
    r"founder|member|treasurer|organiser)"
)
_APPOSED += (
    # "president of the Cofradía de Levante", "BJP legislator Suresh Pattar"
    re.compile(
        rf"\b{_OFFICER} (?:of|for) the "
        r"(?P<name>[A-ZÀ-Þ][\w’'\-]*(?: (?:de |del |da |al-)?[A-ZÀ-Þ][\w’'\-]*){1,3})"
    ),
    re.compile(
        r"\b(?P<name>[A-Z]{3,6}) (?:[a-z]+ )?"
        rf"(?:legislator|lawmaker|attorney|{_OFFICER[3:-1]}) (?=[A-ZÀ-Þ])"
    ),
)
_APPOSED += (
    # "A Northway spokeswoman", "Northway's chief executive"; and what a text goes on with as "its".
    re.compile(rf"\b[Aa]n? {_NAME} (?:spokesman|spokeswoman|spokesperson|executive|attorney|lawyer)\b"),
    re.compile(rf"\b{_NAME}['’]s (?:chairman|chairwoman|chief executive|head of [a-z]+|managing director)\b"),
    re.compile(rf"(?:^|(?<=\n)|(?<=[.?!] )){_NAME} [a-z]+ [^.\n]{{0,120}}\. Its (?:[a-z-]+ ){{1,2}}{_OFFICER}"),
)
_APPOSED += (
    re.compile(rf"\b(?:[Tt]he|opposition|ruling|[a-z]+-wing|a|whose) {_NAME} (?:party|gang|militia|movement|cartel)\b"),
)
_SMALL_OPENERS = frozenset("The A An In At On By For From But And As With To Its Their".split())
_LONGEST_INITIALS = 6
_MOST_APPOSED = 50  # in one text


def find_organisations(
    text: str, mentions: Sequence[PartyMention], lexicon: PartyLexicon
) -> tuple[PartyLexicon, list[PartyMention]]:
    """The lexicon with the bodies that only `text` names, and all mentions in order, none overlapping."""
    named: dict[str, list[Span]] = {}
    for start, end in _names(text, mentions, lexicon):
        named.setdefault(_plain(text[start:end]), []).append((start, end))
    for name in _apposed(text, mentions, lexicon, named):
        named[name] = [m.span() for m in re.finditer(rf"\b{re.escape(name)}\b", text)]
    found = [PartyMention(*span, name, "group") for name, spans in named.items() for span in spans]
    wider = lexicon.with_parties([Party(name, "organisation") for name in named]) if named else lexicon
    every = _joined(mentions, found)
    return wider, _joined(every, short_forms(text, every, wider))


def _joined(mentions: Sequence[PartyMention], more: Sequence[PartyMention]) -> list[PartyMention]:
    """All in order; of those that overlap, the ones of `more` stay."""
    covered = sorted((m.start, m.end) for m in more)
    starts = [start for start, _ in covered]
    kept = []
    for mention in mentions:
        at = bisect_left(starts, mention.end)
        if not (at and covered[at - 1][1] > mention.start):
            kept.append(mention)
    return sorted([*kept, *more], key=lambda m: m.start)


def _apposed(
    text: str, mentions: Sequence[PartyMention], lexicon: PartyLexicon, named: Collection[str]
) -> Iterator[str]:
    """Names that only their company tells for a body: a noun for one beside them, or "which"."""
    places = sorted((m.start, m.end) for m in mentions)
    starts = [start for start, _ in places]
    seen = set(named)
    known = len(seen)
    for pattern in _APPOSED:
        for match in pattern.finditer(text):
            name, (start, end) = match["name"], match.span("name")
            at = bisect_left(starts, end)
            overlaps = bool(at and places[at - 1][1] > start)
            if len(seen) - known > _MOST_APPOSED:
                return
            if overlaps or name in seen:
                continue
            seen.add(name)
            if _is_apposed_name(text, start, name, lexicon) and not _short_of(name, named):
                yield name


def _short_of(name: str, named: Collection[str]) -> bool:
    """Whether it is a short form of a name found already, or no name alone: "the Commission"."""
    if " " in name:
        return False
    return name.lower() in _BODY or any(longer.startswith(f"{name} ") for longer in named)


def _in_a_name(word: str) -> bool:
    return is_name_word(word) or (word.isupper() and word.isalpha() and len(word) <= _LONGEST_INITIALS)


def _is_apposed_name(text: str, start: int, name: str, lexicon: PartyLexicon) -> bool:
    words = name.split()
    if any(w.lower() in ROLES | _NOT_BEFORE or not _in_a_name(w) for w in words if w not in ("of", "&")):
        return False
    # "A Trump spokesman": who has a first name or is called Mr is a person.
    if len(words) == 1 and any(
        m[1] not in _SMALL_OPENERS for m in re.finditer(rf"\b([A-ZÀ-Þ][\w.’'\-]*) {re.escape(name)}\b", text)
    ):
        return False
    # A word that opens a sentence has its capital from there.
    return not (len(words) == 1 and _opens_sentence(text, start) and not name.isupper()) and _is_name(
        name, lexicon
    )


def _plain(name: str) -> str:
    return " ".join(name.split())


def _names(text: str, mentions: Sequence[PartyMention], lexicon: PartyLexicon) -> Iterator[Span]:
    """Where names of bodies stand; those that are a listed party already are left out."""
    listed = [
        (m.start, m.end)
        for m in mentions
        if m.form not in ("demonym", "capital") and lexicon.parties[m.party].kind != "country"
    ]
    words = list(_WORD.finditer(text))
    at = free = 0
    countries = {m.end for m in mentions if m.form in ("name", "capital")}
    listed_at = 0
    while at < len(words):
        word = words[at]
        noun = word.group().lower()
        at += 1
        body = word.group() in _FIRMS or (word.group()[0].isupper() and noun in _BODY)
        if not body or _goes_on(text, words, at):
            continue
        first = _reach_back(text, words, at - 1, free)
        last = _reach_on(text, words, at - 1, countries) if noun in _BODY else at - 1
        while first < at - 1 and words[first].group().lower() in ROLES | _NOT_BEFORE:
            first += 1
        start, end = words[first].start(), words[last].end()
        while listed_at < len(listed) and listed[listed_at][1] <= start:
            listed_at += 1
        overlaps = listed_at < len(listed) and listed[listed_at][0] < end
        if not overlaps and _FEWEST <= last - first + 1 <= _MOST and _is_name(text[start:end], lexicon):
            yield start, end
            at = free = last + 1


def _goes_on(text: str, words: Sequence[re.Match[str]], following: int) -> bool:
    """Whether the next word is a noun for a body too ("Aurex Mining Corporation"), or an office ("Energy
    Minister")."""
    if following >= len(words) or text[words[following - 1].end() : words[following].start()] != " ":
        return False
    noun = words[following].group()
    return noun in _FIRMS or (noun[0].isupper() and noun.lower() in _BODY | _OFFICES)


def _is_name(name: str, lexicon: PartyLexicon) -> bool:
    shouted = name == name.upper() and " " in name
    return not _REPORTS.search(name) and not shouted and lexicon.resolve(name) is None


def _reach_back(text: str, words: Sequence[re.Match[str]], at: int, free: int) -> int:
    """The first word of a run of capitalised words that ends at `at`."""
    first = at
    while first > free and at - first < _MOST:
        before = words[first - 1]
        gap = text[before.end() : words[first].start()]
        joined = before.group()
        if joined in ("of", "and", "for", "the", "&"):
            behind = words[first - 2] if first - 2 >= free else None
            if joined != "and" or behind is None or not behind.group()[0].isupper() or gap != " ":
                break
            if behind.group().lower() in _BODY | _CLOSED:
                break
            first -= 2
            continue
        if (
            joined.endswith(_SOMEBODYS)
            or not joined[0].isupper()
            or not re.fullmatch(r" |['’] | & ", gap)
            or joined.endswith(("'s", "’s"))
        ):
            break
        if _opens_sentence(text, before.start()) and joined.lower() in _NOT_BEFORE | {
            "in",
            "at",
            "but",
            "on",
        }:
            break
        first -= 1
    return first


def _opens_sentence(text: str, start: int) -> bool:
    before = text[max(0, start - 3) : start].rstrip(" “\"'‘")
    return not before or before[-1] in ".!?\n:"


def _reach_on(text: str, words: Sequence[re.Match[str]], at: int, ends: Collection[int]) -> int:
    """The last word of "Union of Dock Workers" or "Committee for the Defence of the Coast"."""
    last = at
    while (match := _TAIL.match(text, words[last].end())) is not None:
        step = last + 1
        while step < len(words) and words[step].start() < match.end():
            step += 1
        begun = step
        while (
            step + 1 < len(words)
            and step - begun < _TAIL_WORDS
            and words[step].end() not in ends
            and words[step + 1].group()[0].isupper()
            and text[words[step].end() : words[step + 1].start()] == " "
        ):
            step += 1
        if step >= len(words) or step - at >= _MOST:
            break
        last = step
    return last
