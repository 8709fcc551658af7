"""What a source that only describes somebody goes back to: "the ministry", "the officer", "the other".

"An official" is somebody new; but "a ministry spokesman" goes back to the ministry.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from briefing.reading.parties import PartyMention
from briefing.reading.persons import MODIFIERS, ROLES
from briefing.reading.speakers.bodies import BODY_NOUNS, STATE_OR_ONE, Bodies
from briefing.reading.speakers.memory import CHAIN, ROLE_REACH, Memory, Said
from briefing.reading.speakers.offices import ANONYMOUS, STATE_NOUNS
from briefing.reading.speakers.resolution import Resolution, of_body, of_person, of_unnamed
from briefing.types import Span

_DEFINITE = frozenset(("the", "his", "her", "its", "their", "this", "that"))
_OWNED = frozenset(("its", "their"))
_BODIES = frozenset("government regime army military ministry parliament police navy presidency".split())
_BARE = frozenset("police prosecutors authorities government parliament".split())  # "Police said"
# Whose "government negotiators", "a presidential official" and "local officials" are.
_BEARING = {
    "government": "government",
    "presidential": "president",
    "military": "military",
    "army": "army",
    "police": "police",
    "defence": "military",
    "security": "government",
    "local": "authorities",
}
_NATIONAL = re.compile(
    r"[Tt]he (?:central bank|(?:election|electoral) (?:commission|council)|"
    r"(?:supreme|constitutional|high) court|statistics office|nuclear regulator|health authorities|"
    r"coast guard|air force|presidential office|"
    r"(?!news|press|aid|relief|ratings?|travel|delivery|streaming|wire|UN|charity|credit)[a-z-]+ "
    r"(?:department|authority|service|directorate|agency|board|inspectorate)|"
    r"(?:prime minister|president|attorney general|chancellor)['’]s (?:office|department))$"
)
_TITLE_WORDS = MODIFIERS | ROLES | STATE_NOUNS
_WINGS = ("wing", "arm", "branch", "leadership")
_SPEAKERS = ("spokesman", "spokeswoman", "spokesperson", "official")
_BEARERS = ANONYMOUS | {"negotiators", "spokespeople", "ministers", "officers", "prosecutors"}
_OF_PERSON = re.compile(r"\b(?:in|at|from|of) (?:his|her) (?:office|team|staff|cabinet|camp)\b")
_ONE_OF = re.compile(
    r"(?:[Oo]ne|[Tt]wo|[Aa]nother|[Aa] second) of (?:the |its |their )?(\w+)$|(?:[Tt]he other|[Aa]nother)$"
)
_BELONGS = re.compile(
    r"\b(?:of|for|from|in|at|with|within) the (?:[a-z-]+ )?([a-z]+)(?:['’]s)?"
    r"(?: team| delegation| side| staff| office)?$"
)
# What somebody just quoted put out: "the statement added".
_PAPERS = frozenset("statement communique communiqué letter post tweet declaration".split())
# "A monitoring group said": which one, the text mostly tells two sentences on.
_MONITORS = re.compile(
    r"\b(?:monitor(?:s|ing group)?|watchdog|war monitor|rights group|observers? group)\b", re.IGNORECASE
)
_CONCLUDED = 0.6
_MONITORING = frozenset("observatory rights monitor watch monitoring network".split())


@dataclass(frozen=True)
class _Source:
    """A source in words: where it begins, its first word and the noun it is built on, in lower case."""

    text: str
    start: int
    first: str
    head: str

    @property
    def words(self) -> list[str]:
        return self.text.split()


class Descriptions:
    """The descriptions of one article; a rule that does not apply gives None."""

    def __init__(self, bodies: Bodies, memory: Memory) -> None:
        self._article = bodies.article
        self._lexicon = bodies.lexicon
        self._bodies = bodies
        self._memory = memory

    def resolve(self, source: Span, head: str) -> Resolution | None:
        """Whom the text named or quoted before, or None."""
        text = self._article.text[source[0] : source[1]]
        words = text.split()
        given = _Source(text, source[0], words[0].lower() if words else "", head)
        rules = (self._of_person, self._paper, self._one_of, self._body, self._belonging, self._bearing)
        for rule in (*rules, self._next_to_body):
            found = rule(given)
            if found is not None:
                return found
        return self._monitor(text)

    def _within(self, given: _Source, said: Said | None, reach: int) -> bool:
        return said is not None and self._article.sentence_at(given.start).index - said.sentence <= reach

    def _of_person(self, given: _Source) -> Resolution | None:
        """ "A source in her office"."""
        last = self._memory.last
        owner = _OF_PERSON.search(given.text) if given.head in ANONYMOUS else None
        if owner is None or last is None or not last.is_person:
            return None
        rule = f"“{owner[0]}”: the one quoted before"
        return of_unnamed(last.resolution, rule, 0.7)

    def _paper(self, given: _Source) -> Resolution | None:
        """ "The statement added": of whoever was quoted before."""
        last = self._memory.last
        if given.head not in _PAPERS or given.first not in _DEFINITE or last is None:
            return None
        if not self._within(given, last, CHAIN):
            return None
        rule = f"“the {given.head}”: of the one quoted before"
        return replace(last.resolution, rule=rule, confidence=0.7)

    def _one_of(self, given: _Source) -> Resolution | None:
        """ "One of the officials", "the other": after officials quoted without a name."""
        match, last = _ONE_OF.match(given.text), self._memory.last
        if match is None or last is None or last.resolution.status != "unnamed official":
            return None
        if match[1]:
            noun = match[1].rstrip("s")
            last = self._memory.last_as(noun) or self._memory.last_as(f"{noun}s")
        if last is None or not self._within(given, last, CHAIN):
            return None
        return replace(last.resolution, rule="one of the officials quoted before", confidence=0.7)

    def _body(self, given: _Source) -> Resolution | None:
        """ "The ministry", "its army", "a ministry spokesman", "police"."""
        words, head, first = given.words, given.head, given.first
        if len(words) > 1 and words[1] in ("former", "ex", "late"):
            return None
        named = any(w[0].isupper() and w.lower() not in _TITLE_WORDS for w in words[1:])
        if named and not (head in BODY_NOUNS and len(words) == 3):
            return None
        body = next((w.lower() for w in words[:-1] if w.lower() in _BODIES), "") if head in ANONYMOUS else ""
        if not body and (again := self._same_again(given)) is not None:
            return again
        noun, state = _noun_of(given, body or head)
        wing = first in _OWNED and noun in _WINGS
        pointed = body or first in _DEFINITE or (first == noun and noun in _BARE)
        if not pointed or not (state or wing or noun in BODY_NOUNS):
            return None
        owned = wing or (first in _OWNED and noun in STATE_NOUNS)
        find = self._bodies.subject_before(given.start) if owned else self._bodies.of_noun(noun, given.start)
        if find is None:
            return None if owned else self._heard_before(given, noun)
        told = owned or not state or self._bodies.bears(find, noun, given.start)
        which = (
            "the nearest one named before" if told else "no country beside it; the one the article is about"
        )
        rule = f"“{first if owned else 'the'} {noun}”; {which}"
        found = of_body(self._article.text, find, rule, 0.75 if told else _CONCLUDED)
        if head in ANONYMOUS:
            return of_unnamed(found)
        return replace(found, speaker=given.text) if state else found

    def _heard_before(self, given: _Source, noun: str) -> Resolution | None:
        """ "The ministry" and "a ministry spokesman" after "the Defence Ministry said", as long as no other
        country has come in."""
        last = self._memory.last_as(noun)
        if last is None or last.resolution.party is None or not self._within(given, last, ROLE_REACH):
            return None
        here = self._bodies.setting.paragraph_of(given.start)
        if here is not None and here.party != last.resolution.party:
            return None
        found = replace(last.resolution, rule=f"“the {noun}”; the one quoted before", confidence=0.7)
        return of_unnamed(found) if given.head in ANONYMOUS else replace(found, speaker=given.text)

    def _belonging(self, given: _Source) -> Resolution | None:
        """ "A member of the government team", "an officer at the regional command"."""
        text = re.split(r", (?:who|which)\b", given.text)[0].rstrip(",")
        speaks = given.head in ANONYMOUS | _PAPERS | {"member", "members", "commander", "officer"}
        match = _BELONGS.search(text) if speaks else None
        body = self._bodies.of_noun(match[1], given.start) if match else None
        if match is None or body is None:
            return None
        return of_unnamed(of_body(self._article.text, body, f"of “the {match[1]}”", _CONCLUDED))

    def _bearing(self, given: _Source) -> Resolution | None:
        """ "Government negotiators", "a presidential official", "local officials": of the country near."""
        text = re.split(r",? who\b", given.text)[0]
        words = [
            w.lower() for w in text.split() if w.lower() not in ("a", "an", "the", "senior", "top", "some")
        ]
        noun = _BEARING.get(words[0], "") if len(words) == 2 and given.head in _BEARERS else ""
        body = self._bodies.of_noun(noun, given.start) if noun else None
        if body is None:
            return None
        rule = f"“{words[0]}”: of the country near"
        return of_unnamed(of_body(self._article.text, body, rule, _CONCLUDED))

    def _next_to_body(self, given: _Source) -> Resolution | None:
        """ "The UN office said …. A spokesperson said": of the body quoted right before, in its paragraph."""
        last = self._memory.last
        plain = given.text.lower() in {f"{a} {role}" for a in ("a", "an") for role in _SPEAKERS}
        if not plain or last is None or last.is_person or not self._within(given, last, 1):
            return None
        if "\n" in self._article.text[self._article.sentences[last.sentence].start : given.start]:
            return None
        rule = f"“{given.text}”: of the body quoted before"
        return of_unnamed(last.resolution, rule, 0.65)

    def _same_again(self, given: _Source) -> Resolution | None:
        """ "The officer" after "an American officer", "the minister" after "Finance Minister Ivo Lang"."""
        head = given.head
        owned = "'" in given.text or "’" in given.text
        if head not in ROLES | ANONYMOUS or given.first not in ("the", "this", "that") or owned:
            return None
        last = self._memory.last_as(head)
        person = self._memory.holder(head, None, given.start) if head in ROLES else None
        if last is not None and self._within(given, last, ROLE_REACH) and (last.is_person or not person):
            return replace(last.resolution, rule=f"“the {head}”; the one quoted before", confidence=0.75)
        return of_person(person, f"“the {head}”; the one the text names", 0.75) if person else None

    def _monitor(self, text: str) -> Resolution | None:
        """ "A monitoring group said": the one organisation of that kind that the article names."""
        found = self._monitors() if _MONITORS.search(text) else ()
        if len({m.party for m in found}) != 1:
            return None
        return of_body(self._article.text, found[0], "a monitor; the one the text names", 0.7)

    def _monitors(self) -> Sequence[PartyMention]:
        return [
            m
            for m in self._bodies.inside(0, len(self._article.text))
            if self._lexicon.parties[m.party].kind == "organisation"
            and _MONITORING & set(m.party.lower().split())
        ]


def _noun_of(given: _Source, noun: str) -> tuple[str, bool]:
    """The noun that tells whose a source is, and whether it is a state's: of "police in Kaduna State" the
    first, of "the spy agency" the authorities, for a country has one as well; else `noun`."""
    if given.first in _BARE and len(given.words) > 2 and given.words[1] == "in":
        return given.first, True
    if given.first == "the" and len(given.words) <= 4 and _NATIONAL.match(given.text):
        return "authorities", True
    return noun, noun in STATE_OR_ONE
