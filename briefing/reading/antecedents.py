"""What a source that names nobody goes back to: "he", "it", "who", "the ministry", "the officer".

A wrong name is worse than none: every rule looks back a short way only, and gives up where somebody else
has come in between.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from briefing.reading.bodies import BODY_NOUNS, ONE_OF_A_COUNTRY, Bodies
from briefing.reading.offices import ANONYMOUS, STATE_NOUNS, own_names
from briefing.reading.parties import PartyMention
from briefing.reading.persons import MODIFIERS, ROLES, Person, take_name, words_after
from briefing.types import Article, Span, SpeakerStatus

PRONOUNS = frozenset("he she it they we i you who which that him her them".split())
_SUBJECTS = {"him": "he", "her": "she", "them": "they"}  # "according to him"
_PERSON_PRONOUNS = frozenset(("he", "she"))
_GROUP_PRONOUNS = frozenset(("they", "it"))
RELATIVE = frozenset(("who", "which", "that"))
_DEFINITE = frozenset(("the", "his", "her", "its", "their", "this", "that"))
_OWNED = frozenset(("its", "their"))
_CHAIN = 2  # sentences: farther back, "he" was somebody else too often to be lent a name
_ROLE_REACH = 8  # sentences, for "the minister" where the text names several
_BODIES = frozenset("government regime army military ministry parliament police navy presidency".split())
_CHAINED = "pronoun; speaker chain"
_FULL_NAME = re.compile(
    r"(?:[A-ZÀ-Þ](?:[\w'’\-]+|\.) |(?:al|el|bin|ibn|abu|de|van|von|der|la)[ -])+[A-ZÀ-Þ][\w'’\-]+"
)
_OF_PERSON = re.compile(r"\b(?:in|at|from|of) (?:his|her) (?:office|team|staff|cabinet|camp)\b")
_BARE = frozenset("police prosecutors authorities government parliament".split())
_ONE_OF = re.compile(
    r"(?:[Oo]ne|[Tt]wo|[Aa]nother|[Aa] second) of (?:the |its |their )?(\w+)$|(?:[Tt]he other|[Aa]nother)$"
)
# What somebody just quoted put out: "the statement added".
_PAPERS = frozenset("statement communique communiqué letter post tweet declaration".split())
NOBODY_NEAR = "refers to nobody the text names nearby"


@dataclass(frozen=True)
class Resolution:
    """Who a source is. `speaker` is None where the text names nobody."""

    speaker: str | None
    party: str | None
    affiliation: str | None
    status: SpeakerStatus
    rule: str
    confidence: float


@dataclass(frozen=True)
class _Said:
    """An attribution that was resolved, for words that go back to it."""

    resolution: Resolution
    sentence: int
    is_person: bool


class Antecedents:
    """Who was named and who spoke, up to some point of one article."""

    def __init__(self, article: Article, bodies: Bodies, people: Mapping[str, Person]) -> None:
        self._article = article
        self._bodies = bodies
        self._people = people
        self._by_name = sorted(set(people.values()), key=lambda p: p.name)
        self._last: _Said | None = None
        self._last_by_head: dict[str, _Said] = {}
        self._learned: dict[str, Person] = {}

    def person(self, name: str) -> Person | None:
        """Who is meant: Ivanka Trump is not the Donald Trump of whom the article speaks."""
        surname = name.split()[-1]
        if name == surname and len(self._full_names.get(surname, ())) > 1:
            return None  # two people of one surname
        person = self._people.get(name) or self._people.get(surname) or self._learned.get(surname)
        if person is None:
            return None
        shorter, longer = sorted((set(name.split()), set(person.name.split())), key=len)
        return person if shorter <= longer else None

    @cached_property
    def _full_names(self) -> dict[str, list[str]]:
        """The full names in the article for every surname, in order."""
        found: dict[str, list[str]] = {}
        for match in _FULL_NAME.finditer(self._article.text):
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

    def holder(self, role: str, party: str | None, start: int) -> Person | None:
        """Whom "the minister" means: the one person with that role (of that party), else the one named
        last."""
        held = [p for p in self._by_name if role in p.roles and party in (None, p.party)]
        if len(held) < 2:
            return held[0] if held else None
        here = self._article.sentence_at(start).index
        first = self._article.sentences[max(0, here - _ROLE_REACH)].start
        near = [(self._article.text.rfind(p.surname, first, start), p.name, p) for p in held]
        at, _, person = max(near, key=lambda place: place[:2])
        return person if at >= 0 else None

    def same_official(self, words: Collection[str], start: int) -> Resolution | None:
        """The official quoted just before without a name: "a Pentagon spokesman said. … Spokesman Jeff
        Barr"."""
        here = self._article.sentence_at(start).index
        for role in sorted(ROLES & {w.lower() for w in words}):
            last = self._last_by_head.get(role)
            if last and last.resolution.status == "unnamed official" and here - last.sentence <= _CHAIN:
                return last.resolution
        return None

    def remember(self, found: Resolution, source: Span, head: str, content: Sequence[Span]) -> None:
        """Note who spoke, for the words that follow."""
        end = self._article.sentence_at(max(0, content[-1][1] - 1)).index
        sentence = max(self._article.sentence_at(source[0]).index, end)
        said = _Said(found, sentence, self._is_person(found))
        if found.speaker is not None or found.party is not None:
            self._last = said
            words = set(self._article.text[source[0] : source[1]].lower().split())
            for noun in {head, *(words & (ROLES | ANONYMOUS))} - {""}:
                self._last_by_head[noun] = said
            if found.speaker and found.party and found.rule.startswith("name") and " " in found.speaker:
                person = Person(found.speaker, found.party, found.affiliation, found.rule, found.confidence)
                self._learned.setdefault(person.surname, person)
        elif not found.rule.endswith(NOBODY_NEAR):
            # "A witness said …": whoever "she" is from here on, she is not the minister quoted before.
            self._last = None
            self._last_by_head.pop(head, None)

    def _is_person(self, found: Resolution) -> bool:
        if found.rule.startswith(_CHAINED):
            return self._last is not None and self._last.is_person
        named = found.rule.startswith(("name", "pronoun", "signed"))
        return named or found.speaker is None or found.speaker in self._people

    def pronoun(self, word: str, start: int, content: Sequence[Span]) -> Resolution:
        """ "he" and "she" go back to a person, "it" and "they" to a body; `content` tells who it is not."""
        sentence = self._article.sentence_at(start).index
        word = _SUBJECTS.get(word, word)
        if word in RELATIVE:
            return self._relative(start) or _unresolved(word)
        if self._goes_on(word, sentence) and self._last and not self._spoken_of(self._last, content):
            back = self._last.resolution
            return replace(back, rule=f"{_CHAINED} ({word})", confidence=min(0.85, back.confidence))
        found = self._person_before(word, start, sentence, content) or self._body_before(word, start)
        return found or _unresolved(word)

    def _goes_on(self, word: str, sentence: int, newcomer: bool = True) -> bool:
        """Whether a pronoun in `sentence` may be the latest speaker, unless a newcomer came in between."""
        last = self._last
        if last is None or not 0 <= sentence - last.sentence <= _CHAIN:
            return False
        if word in _PERSON_PRONOUNS:
            apart = sentence - last.sentence == _CHAIN
            return last.is_person and not (newcomer and apart and self._brings_in_another(sentence - 1, last))
        # "A spokesman of the union said": "it" is neither.
        outlet = last.resolution.rule.startswith("an outlet")
        known = word != "it" or last.resolution.party is not None or outlet
        return word in _GROUP_PRONOUNS and known and not last.is_person

    def _brings_in_another(self, index: int, last: _Said) -> bool:
        """Whether a sentence opens with somebody: from then on "he" may be the newcomer."""
        sentence = self._article.sentences[index]
        opening = (sentence.start, min(sentence.end, sentence.start + 60))
        taken = [(m.start, m.end) for m in self._bodies.inside(*opening)]
        for name, _ in own_names(self._article.text, opening, taken):
            person = self.person(name)
            full = person.name if person else name
            if (person is not None or " " in name) and full != last.resolution.speaker:
                return True
        return False

    def _spoken_of(self, last: _Said, content: Sequence[Span]) -> bool:
        """Nobody speaks of himself by name: a person named in the content is not its speaker."""
        speaker = last.resolution.speaker or ""
        said = " ".join(self._article.text[a:b] for a, b in content)
        return bool(speaker) and re.search(rf"\b{re.escape(speaker.split()[-1])}\b", said) is not None

    def _person_before(
        self, word: str, start: int, sentence: int, content: Sequence[Span]
    ) -> Resolution | None:
        """The person that this sentence or the one right before opens with, else the only one named there."""
        if word not in _PERSON_PRONOUNS:
            return None
        for index in (sentence, sentence - 1):
            opening = self._article.sentences[index].start if index >= 0 else start
            if opening >= start:
                continue
            name = take_name(words_after(self._article.text, opening, 6))
            person = self.person(name) if name else None
            rule = "pronoun; subject of the sentence before"
            if person is None and index < sentence and not self._goes_on(word, sentence, newcomer=False):
                person = self._only_person(index)
                rule = "pronoun; the one person named before"
            if person is None:
                continue
            found = of_person(person, rule, 0.7)
            return None if self._spoken_of(_Said(found, index, True), content) else found
        return None

    def _only_person(self, index: int) -> Person | None:
        """The one person that a sentence names in full, where it names nobody else."""
        sentence = self._article.sentences[index]
        named = {
            take_name(words_after(self._article.text, match.start() + sentence.start, 6))
            for match in _FULL_NAME.finditer(sentence.text)
        }
        known = [p for p in self._by_name if p.name in sentence.text]
        others = {name for name in named if " " in name and all(name not in p.name for p in known)}
        return known[0] if len(known) == 1 and not others else None

    def _body_before(self, word: str, start: int) -> Resolution | None:
        """ "Kenya closed the road. It said …": the party that opens the sentence before, where it acts."""
        sentence = self._article.sentence_at(start)
        if word not in _GROUP_PRONOUNS or not sentence.index:
            return None
        before = self._article.sentences[sentence.index - 1]
        body = self._bodies.subject_before(start)
        if body is None or body.start - before.start > 12 or body.start >= sentence.start:
            return None
        rule = "pronoun for a body; subject of the sentence before"
        return _of_body(self._article.text, body, rule, 0.7)

    def _relative(self, start: int) -> Resolution | None:
        """ "X, who said": the name or party right before the pronoun."""
        text = self._article.text
        sentence = self._article.sentence_at(start)
        inside = self._bodies.inside(sentence.start, start)
        if inside and text[inside[-1].end : start].strip(" ,") == "":
            return _of_body(text, inside[-1], "relative clause", 0.8)
        before = text[sentence.start : start].rstrip(" ,")
        person = next((p for p in self._by_name if before.endswith(p.surname)), None)
        return of_person(person, "name; relative clause", 0.8) if person else None

    def noun(self, source: Span, head: str) -> Resolution | None:
        """ "The ministry", "the minister", "the group", "the officer": whom the text named or quoted before.

        "An official" is somebody new; but "a ministry spokesman" goes back to the ministry.
        """
        text = self._article.text[source[0] : source[1]]
        words = text.split()
        first = words[0].lower() if words else ""
        if head in ANONYMOUS and (owner := _OF_PERSON.search(text)) and self._last and self._last.is_person:
            back = self._last.resolution
            rule = f"“{owner[0]}”: the one quoted before"
            return replace(back, speaker=None, status="unnamed official", rule=rule, confidence=0.7)
        if head in _PAPERS and first in _DEFINITE and self._last is not None:
            apart = self._article.sentence_at(source[0]).index - self._last.sentence
            if 0 <= apart <= _CHAIN:
                return replace(
                    self._last.resolution, rule=f"“the {head}”: of the one quoted before", confidence=0.7
                )
        again = _ONE_OF.match(text)
        if (
            again is not None
            and self._last is not None
            and self._last.resolution.status == "unnamed official"
        ):
            noun = (again[1] or "").rstrip("s")
            last = self._last_by_head.get(noun) or self._last_by_head.get(f"{noun}s") if noun else self._last
            if last is not None and self._article.sentence_at(source[0]).index - last.sentence <= _CHAIN:
                return replace(last.resolution, rule="one of the officials quoted before", confidence=0.7)
        names = [w for w in words[1:] if w[0].isupper() and w.lower() not in MODIFIERS | ROLES | STATE_NOUNS]
        if names and not (head in BODY_NOUNS and len(words) == 3):
            return None
        body = next((w.lower() for w in words[:-1] if w.lower() in _BODIES), "") if head in ANONYMOUS else ""
        if first in _DEFINITE and not body:
            found = self._same_again(source, head, first)
            if found is not None:
                return found
        noun = body or head
        bare = first == noun and noun in _BARE  # "Police said"
        if noun not in STATE_NOUNS | BODY_NOUNS | ONE_OF_A_COUNTRY or not (
            body or first in _DEFINITE or bare
        ):
            return None
        if first in _OWNED and noun in STATE_NOUNS:
            mention = self._bodies.subject_before(source[0])
        else:
            mention = self._bodies.of_noun(noun, source[0])
        if mention is None:
            return None
        rule = f"“{first if first in _OWNED else 'the'} {noun}”; the nearest one named before"
        found = _of_body(self._article.text, mention, rule, 0.75)
        if head in ANONYMOUS:
            return replace(found, speaker=None, status="unnamed official")
        return replace(found, speaker=text) if noun in STATE_NOUNS | ONE_OF_A_COUNTRY else found

    def _same_again(self, source: Span, head: str, first: str) -> Resolution | None:
        """ "The officer" after "an American officer", "the minister" after "Finance Minister Ivo Lang"."""
        owned = "'" in self._article.text[slice(*source)] or "’" in self._article.text[slice(*source)]
        if head not in ROLES | ANONYMOUS or first not in ("the", "this", "that") or owned:
            return None
        last = self._last_by_head.get(head)
        here = self._article.sentence_at(source[0]).index
        person = self.holder(head, None, source[0]) if head in ROLES else None
        if (
            last is not None
            and here - last.sentence <= _ROLE_REACH
            and not (person and last.is_person is False)
        ):
            return replace(last.resolution, rule=f"“the {head}”; the one quoted before", confidence=0.75)
        return of_person(person, f"“the {head}”; the one the text names", 0.75) if person else None


def _of_body(text: str, mention: PartyMention, rule: str, confidence: float) -> Resolution:
    name = text[mention.start : mention.end]
    return Resolution(name, mention.party, mention.affiliation, "named", rule, confidence)


def of_person(person: Person, rule: str, confidence: float) -> Resolution:
    """The person as the speaker."""
    return Resolution(person.name, person.party, person.affiliation, "named", rule, confidence)


def _unresolved(word: str) -> Resolution:
    return Resolution(None, None, None, "unnamed", f"“{word}” {NOBODY_NEAR}", 0.9)
