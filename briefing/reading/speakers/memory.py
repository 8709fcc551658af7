"""Who an article has named and who has spoken in it, up to some point."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from briefing.reading.persons import ROLES, Person, take_name, words_after
from briefing.reading.speakers.offices import ANONYMOUS
from briefing.reading.speakers.resolution import Resolution
from briefing.types import Article, Span

CHAIN = 2  # sentences: farther back, "he" was somebody else too often to be lent a name
ROLE_REACH = 8  # sentences, for "the minister" where the text names several
CHAINED = "pronoun; speaker chain"
NOBODY_NEAR = "refers to nobody the text names nearby"
FULL_NAME = re.compile(
    r"(?:[A-ZÀ-Þ](?:[\w'’\-]+|\.) |(?:al|el|bin|ibn|abu|de|van|von|der|la)[ -])+[A-ZÀ-Þ][\w'’\-]+"
)


@dataclass(frozen=True)
class Said:
    """An attribution that was resolved, for words that go back to it."""

    resolution: Resolution
    sentence: int
    is_person: bool


class Memory:
    """`people` are those the article ties to a side somewhere; who speaks is added as it comes."""

    def __init__(self, article: Article, people: Mapping[str, Person]) -> None:
        self._article = article
        self._people = people
        self._learned: dict[str, Person] = {}
        self._last_by_noun: dict[str, Said] = {}
        self.everybody = sorted(set(people.values()), key=lambda p: p.name)
        self.last: Said | None = None

    def remember(self, found: Resolution, source: Span, head: str, content: Sequence[Span]) -> None:
        """Note who spoke, for the words that follow; `head` is the noun the source is built on."""
        end = self._article.sentence_at(max(0, content[-1][1] - 1)).index
        sentence = max(self._article.sentence_at(source[0]).index, end)
        if found.speaker is not None or found.party is not None:
            self.last = said = Said(found, sentence, self._is_person(found))
            words = set(self._article.text[source[0] : source[1]].lower().split())
            for noun in {head, *(words & (ROLES | ANONYMOUS))} - {""}:
                self._last_by_noun[noun] = said
            if found.speaker and found.party and found.rule.startswith("name") and " " in found.speaker:
                person = Person(found.speaker, found.party, found.affiliation, found.rule, found.confidence)
                self._learned.setdefault(person.surname, person)
        elif not found.rule.endswith(NOBODY_NEAR):
            # "A witness said …": whoever "she" is from here on, she is not the minister quoted before.
            self.last = None
            self._last_by_noun.pop(head, None)

    def _is_person(self, found: Resolution) -> bool:
        if found.rule.startswith(CHAINED):
            return self.last is not None and self.last.is_person
        named = found.rule.startswith(("name", "pronoun", "signed"))
        return named or found.speaker is None or found.speaker in self._people

    def last_as(self, noun: str) -> Said | None:
        """The latest attribution whose source was built on `noun` ("officer")."""
        return self._last_by_noun.get(noun)

    def person(self, name: str) -> Person | None:
        """Who is meant: Ivanka Trump is not the Donald Trump of whom the article speaks, and a surname that
        two people have is nobody's."""
        surname = name.split()[-1]
        if name == surname and len(self._full_names.get(surname, ())) > 1:
            return None
        person = self._people.get(name) or self._people.get(surname) or self._learned.get(surname)
        if person is None and name == surname:
            person = self._by_first_name(name)
        if person is None:
            return None
        shorter, longer = sorted((set(name.split()), set(person.name.split())), key=len)
        return person if shorter <= longer else None

    def _by_first_name(self, name: str) -> Person | None:
        """ "Qiao" of Qiao Wenrui, "Hagos" of Hagos Gebrezgi: the one person whose name begins so."""
        known = {
            p.name: p for p in (*self.everybody, *self._learned.values()) if p.name.startswith(f"{name} ")
        }
        return next(iter(known.values())) if len(known) == 1 else None

    @cached_property
    def _full_names(self) -> dict[str, list[str]]:
        """The full names in the article for every surname, in order."""
        found: dict[str, list[str]] = {}
        for match in FULL_NAME.finditer(self._article.text):
            name = take_name(words_after(self._article.text, match.start(), 6))
            # The word that opens a sentence may be no part of the name: "Blaming Assad Trump said".
            opens = self._article.sentence_at(match.start()).start == match.start()
            if " " in name and not (opens and len(name.split()) > 2):
                names = found.setdefault(name.split()[-1], [])
                if name not in names:
                    names.append(name)
        return found

    def full_name(self, surname: str, before: int) -> str:
        """The full name that an article gave a surname before an offset, or the surname."""
        names = self._full_names.get(surname, ())
        name = names[0] if len(names) == 1 else surname
        return name if 0 <= self._article.text.find(name) < before else surname

    def title_of(self, name: str) -> str:
        """The role right before the first full form of a name ("Spokesperson Qiao Wenrui"), or ""."""
        at = self._article.text.find(self.full_name(name, len(self._article.text)))
        before = self._article.text[max(0, at - 30) : at].split()
        return before[-1].lower() if before and before[-1].lower() in ROLES else ""

    def holder(self, role: str, party: str | None, start: int) -> Person | None:
        """Whom "the minister" means: the one person with that role (of that party), else the one named
        last."""
        held = [p for p in self.everybody if role in p.roles and party in (None, p.party)]
        if len(held) < 2:
            return held[0] if held else None
        here = self._article.sentence_at(start).index
        first = self._article.sentences[max(0, here - ROLE_REACH)].start
        near = [(self._article.text.rfind(p.surname, first, start), p.name, p) for p in held]
        at, _, person = max(near, key=lambda place: place[:2])
        return person if at >= 0 else None

    def same_official(self, words: Collection[str], start: int) -> Resolution | None:
        """The official quoted just before without a name: "a Pentagon spokesman said. … Spokesman Jeff
        Barr"."""
        here = self._article.sentence_at(start).index
        for role in sorted(ROLES & {w.lower() for w in words}):
            last = self._last_by_noun.get(role)
            if last and last.resolution.status == "unnamed official" and here - last.sentence <= CHAIN:
                return last.resolution
        return None
