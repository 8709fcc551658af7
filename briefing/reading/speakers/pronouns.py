"""What "he", "it" and "which" go back to.

A wrong name is worse than none: every rule looks back a short way only, and gives up where somebody else
has come in between.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from briefing.reading.persons import Person, name_after, take_name, words_after
from briefing.reading.speakers.bodies import Bodies
from briefing.reading.speakers.memory import CHAIN, CHAINED, FULL_NAME, NOBODY_NEAR, Memory
from briefing.reading.speakers.offices import own_names
from briefing.reading.speakers.resolution import Resolution, of_body, of_name, of_nobody, of_person
from briefing.types import Span

PRONOUNS = frozenset("he she it they we i you who which that him her them".split())
RELATIVE = frozenset(("who", "which", "that"))
_SUBJECTS = {"him": "he", "her": "she", "them": "they"}  # "according to him"
_PERSON = frozenset(("he", "she"))
_GROUP = frozenset(("they", "it"))
_OPENING = 12  # characters before the party that opens a sentence
_NEWCOMER = 60  # characters of a sentence in which somebody new may stand


class Pronouns:
    """The pronouns of one article."""

    def __init__(self, bodies: Bodies, memory: Memory) -> None:
        self._article = bodies.article
        self._bodies = bodies
        self._memory = memory

    def resolve(self, word: str, start: int, content: Sequence[Span]) -> Resolution:
        """ "he" and "she" go back to a person, "it" and "they" to a body; `content` tells who it is not."""
        word = _SUBJECTS.get(word, word)
        if word in RELATIVE:
            return self._relative(start) or _unresolved(word)
        sentence = self._article.sentence_at(start).index
        last = self._memory.last
        if last and self._goes_on(word, sentence) and not self._spoken_of(last.resolution, content):
            back = last.resolution
            return replace(back, rule=f"{CHAINED} ({word})", confidence=min(0.85, back.confidence))
        found = self._person_before(word, start, content) or self._body_before(word, start)
        return found or _unresolved(word)

    def office_of(self, text: str, start: int) -> Resolution:
        """ "The president resigned, his office said": of the one person named in the sentence."""
        index = self._article.sentence_at(start).index
        person, last = self._only_person(index), self._memory.last
        if person is None and last is not None and last.is_person and self._goes_on("he", index):
            return replace(last.resolution, speaker=text, rule=f"“{text}”; the one quoted before")
        if person is None:
            return of_nobody(f"“{text}” {NOBODY_NEAR}")
        return replace(of_person(person, f"“{text}”; the person named before", 0.75), speaker=text)

    def _goes_on(self, word: str, sentence: int, newcomer: bool = True) -> bool:
        """Whether a pronoun in `sentence` may be the latest speaker, unless a newcomer came in between."""
        last = self._memory.last
        if last is None or not 0 <= sentence - last.sentence <= CHAIN:
            return False
        if word in _PERSON:
            apart = sentence - last.sentence == CHAIN
            return last.is_person and not (newcomer and apart and self._brings_in_another(sentence - 1))
        # "A spokesman of the union said": "it" is neither.
        outlet = last.resolution.rule.startswith("an outlet")
        known = word != "it" or last.resolution.party is not None or outlet
        return word in _GROUP and known and not last.is_person

    def _brings_in_another(self, index: int) -> bool:
        """Whether a sentence opens with somebody: from then on "he" may be the newcomer."""
        sentence = self._article.sentences[index]
        opening = (sentence.start, min(sentence.end, sentence.start + _NEWCOMER))
        taken = [(m.start, m.end) for m in self._bodies.inside(*opening)]
        last = self._memory.last
        for name, _ in own_names(self._article.text, opening, taken):
            person = self._memory.person(name)
            full = person.name if person else name
            if (person is not None or " " in name) and last and full != last.resolution.speaker:
                return True
        return False

    def _spoken_of(self, found: Resolution, content: Sequence[Span]) -> bool:
        """Nobody speaks of himself by name: a person named in the content is not its speaker."""
        said = " ".join(self._article.text[a:b] for a, b in content)
        surname = found.speaker.split()[-1] if found.speaker else ""
        return bool(surname) and re.search(rf"\b{re.escape(surname)}\b", said) is not None

    def _person_before(self, word: str, start: int, content: Sequence[Span]) -> Resolution | None:
        """The person that this sentence or the one right before opens with, else the only one named there."""
        if word not in _PERSON:
            return None
        sentence = self._article.sentence_at(start).index
        for index in (sentence, sentence - 1):
            opening = self._article.sentences[index].start if index >= 0 else start
            if opening >= start:
                continue
            name = name_after(self._article.text, opening)
            person = self._memory.person(name) if name else None
            rule = "pronoun; subject of the sentence before"
            if person is None and index < sentence and not self._goes_on(word, sentence, newcomer=False):
                person = self._only_person(index)
                rule = "pronoun; the one person named before"
            full = self._memory.full_name(name, start) if name else ""
            if person is None and not (" " in full and self._is_nobody_elses(opening, name)):
                continue
            # Somebody without a side is somebody all the same.
            found = of_person(person, rule, 0.7) if person else of_name(full, rule, 0.65)
            return None if self._spoken_of(found, content) else found
        return None

    def _is_nobody_elses(self, opening: int, name: str) -> bool:
        """Whether the name that opens a sentence is no party's."""
        start = self._article.text.find(name, opening)
        return not self._bodies.inside(opening, start + len(name) + 1)

    def _only_person(self, index: int) -> Person | None:
        """The one person that a sentence names in full, where it names nobody else."""
        sentence = self._article.sentences[index]
        named = {
            take_name(words_after(self._article.text, match.start() + sentence.start, 6))
            for match in FULL_NAME.finditer(sentence.text)
        }
        known = [p for p in self._memory.everybody if p.name in sentence.text]
        others = {name for name in named if " " in name and all(name not in p.name for p in known)}
        return known[0] if len(known) == 1 and not others else None

    def _body_before(self, word: str, start: int) -> Resolution | None:
        """ "Kenya closed the road. It said …": the party that opens the sentence before, where it acts."""
        sentence = self._article.sentence_at(start)
        if word not in _GROUP or not sentence.index:
            return None
        before = self._article.sentences[sentence.index - 1]
        body = self._bodies.subject_before(start)
        if body is None or body.start - before.start > _OPENING or body.start >= sentence.start:
            return None
        rule = "pronoun for a body; subject of the sentence before"
        return of_body(self._article.text, body, rule, 0.7)

    def _relative(self, start: int) -> Resolution | None:
        """ "X, who said": the name or party right before the pronoun."""
        text = self._article.text
        sentence = self._article.sentence_at(start)
        inside = self._bodies.inside(sentence.start, start)
        if inside and text[inside[-1].end : start].strip(" ,") == "":
            return of_body(text, inside[-1], "relative clause", 0.8)
        before = text[sentence.start : start].rstrip(" ,")
        person = next((p for p in self._memory.everybody if before.endswith(p.surname)), None)
        return of_person(person, "name; relative clause", 0.8) if person else None


def _unresolved(word: str) -> Resolution:
    return of_nobody(f"“{word}” {NOBODY_NEAR}")
