"""Unions, companies, parties and other bodies that a text names and no list holds.

A run of capitalised words built on a noun for a body ("Delta Farmers' Union", "Union of Dock Workers",
"Aurex Mining Corporation") is one. It is a party in that text, under the name the text gives it in full; its
initials in brackets behind it are the same party. News agencies, papers and broadcasters are none: they
report.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator, Sequence

from briefing.reading.parties.appositions import find_apposed, find_partisans
from briefing.reading.parties.body_names import (
    BODY_NOUNS,
    FIRMS,
    NOT_BEFORE,
    OFFICES,
    may_be_body,
    opens_sentence,
)
from briefing.reading.parties.lexicon import PartyLexicon, PartyMention
from briefing.reading.parties.short_forms import short_forms
from briefing.reading.persons import ROLES
from briefing.types import Party, Span

_WORD = re.compile(r"[^\W\d_](?:[^\W_]|[.&'’\-](?=[^\W_]))*")
# "People's Heritage Party", but "Kenya's Farmers' Union" is Kenya's.
_PEOPLE = frozenset("People Women Men Children Workers Seamen Fishermen Citizens Veterans Nurses".split())
_SOMEBODYS = ("-based", "-led", "-backed", "-run", "-Assad")
_TAIL = re.compile(r" (?:of|for)(?: the)? (?=[A-ZÀ-Þ])")
# Behind these a name is at its end: "the Xinhua News Agency and Kavala Port Authority" are two.
_CLOSED = BODY_NOUNS | FIRMS | {"agency", "ministry", "department", "office", "army", "court"}
_GO_ON = BODY_NOUNS | OFFICES
_NO_BEGINNING = ROLES | NOT_BEFORE
_OPENERS = NOT_BEFORE | {"in", "at", "but", "on"}
_FEWEST, _MOST = 2, 8  # words of a name
_TAIL_WORDS = 1  # that follow the first behind "of": "Network for Human Rights | Fadel Ghani"


def find_organisations(
    text: str, mentions: Sequence[PartyMention], lexicon: PartyLexicon
) -> tuple[PartyLexicon, list[PartyMention]]:
    """The lexicon with the bodies that only `text` names, and all mentions in order, none overlapping."""
    named: dict[str, list[Span]] = {}
    for start, end in _names(text, mentions, lexicon):
        named.setdefault(_plain(text[start:end]), []).append((start, end))
    for name in find_apposed(text, mentions, lexicon, named):
        named.setdefault(_plain(name), []).extend(
            m.span() for m in re.finditer(rf"\b{re.escape(name)}\b", text)
        )
    for name, span in find_partisans(text):
        named.setdefault(name, []).append(span)
    found = _apart(PartyMention(*span, name, "group") for name, spans in named.items() for span in spans)
    wider = lexicon.with_parties([Party(name, "organisation") for name in named]) if named else lexicon
    every = _joined(mentions, found)
    return wider, _joined(every, short_forms(text, every, wider))


def _apart(mentions: Iterable[PartyMention]) -> list[PartyMention]:
    """In order; of those that overlap, the longer one that begins first stays."""
    kept: list[PartyMention] = []
    for mention in sorted(mentions, key=lambda m: (m.start, -m.end)):
        if not kept or kept[-1].end <= mention.start:
            kept.append(mention)
    return kept


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


def _plain(name: str) -> str:
    """One spelling of a name for all texts: outlets differ in their apostrophes."""
    return " ".join(name.split()).replace("’", "'")


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
        body = word.group() in FIRMS or (word.group()[0].isupper() and noun in BODY_NOUNS)
        if not body or _goes_on(text, words, at):
            continue
        first = _reach_back(text, words, at - 1, free)
        last = _reach_on(text, words, at - 1, countries) if noun in BODY_NOUNS else at - 1
        while first < at - 1 and words[first].group().lower() in _NO_BEGINNING:
            first += 1
        start, end = words[first].start(), words[last].end()
        while listed_at < len(listed) and listed[listed_at][1] <= start:
            listed_at += 1
        overlaps = listed_at < len(listed) and listed[listed_at][0] < end
        if not overlaps and _FEWEST <= last - first + 1 <= _MOST and may_be_body(text[start:end], lexicon):
            yield start, end
            at = free = last + 1


def _goes_on(text: str, words: Sequence[re.Match[str]], following: int) -> bool:
    """Whether the next word is a noun for a body too ("Aurex Mining Corporation"), or an office ("Energy
    Minister")."""
    if following >= len(words) or text[words[following - 1].end() : words[following].start()] != " ":
        return False
    noun = words[following].group()
    return noun in FIRMS or (noun[0].isupper() and noun.lower() in _GO_ON)


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
            if behind.group().lower() in _CLOSED:
                break
            first -= 2
            continue
        if (
            joined.endswith(_SOMEBODYS)
            or not joined[0].isupper()
            or not re.fullmatch(r" |['’] | & ", gap)
            or (joined.endswith(("'s", "’s")) and joined[:-2] not in _PEOPLE)
        ):
            break
        if opens_sentence(text, before.start()) and joined.lower() in _OPENERS:
            break
        first -= 1
    return first


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
