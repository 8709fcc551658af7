"""What a source that names nobody goes back to: "he", "it", "who", "the ministry", "the Observatory".

A wrong name is worse than none: every rule looks back a short way only, and gives up where somebody else
has come in between.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from briefing.reading.offices import ANONYMOUS, STATE_NOUNS, own_names
from briefing.reading.parties import PartyLexicon, PartyMention
from briefing.reading.persons import MODIFIERS, ROLES, Person, take_name, words_after
from briefing.types import Article, Span, SpeakerStatus

PRONOUNS = frozenset("he she they it we i you who which that".split())
_PERSON_PRONOUNS = frozenset(("he", "she"))
_GROUP_PRONOUNS = frozenset(("they", "it"))
_RELATIVE = frozenset(("who", "which", "that"))
_DEFINITE = frozenset(("the", "his", "her", "its"))
_CHAIN = 2  # sentences: farther back, "he" was somebody else too often to be lent a name
_NEAREST = 50  # parties named before; farther back, "the ministry" is another one
_OF_COUNTRIES = frozenset(
    "government regime army military ministry minister president parliament state".split()
)
_BODIES = frozenset("government regime army military ministry parliament".split())
_CHAINED = "pronoun; speaker chain"
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
    """The latest attribution that was resolved, for pronouns that go back to it."""

    resolution: Resolution
    sentence: int
    is_person: bool


class Antecedents:
    """Who was named and who spoke, up to some point of one article."""

    def __init__(
        self,
        article: Article,
        mentions: Sequence[PartyMention],
        people: Mapping[str, Person],
        lexicon: PartyLexicon,
    ) -> None:
        self._article = article
        self._mentions = mentions
        self._starts = [m.start for m in mentions]
        self._people = people
        self._by_name = sorted(set(people.values()), key=lambda p: p.name)
        self._lexicon = lexicon
        self._long_names = self._index_long_names()
        self._last: _Said | None = None

    def _index_long_names(self) -> dict[str, PartyMention]:
        named = {self._article.text[m.start : m.end]: m for m in reversed(self._mentions)}
        return {name: mention for name, mention in reversed(named.items()) if " " in name}

    def mentions_in(self, start: int, end: int) -> Sequence[PartyMention]:
        """The parties named inside [start, end), in order."""
        first = bisect_left(self._starts, start)
        return [m for m in self._mentions[first : bisect_left(self._starts, end)] if m.end <= end]

    def person(self, name: str) -> Person | None:
        """Who is meant: Ivanka Trump is not the Donald Trump of whom the article speaks."""
        person = self._people.get(name) or self._people.get(name.split()[-1])
        if person is None:
            return None
        shorter, longer = sorted((set(name.split()), set(person.name.split())), key=len)
        return person if shorter <= longer else None

    def short_form(self, name: str) -> PartyMention | None:
        """ "the Observatory" after "the Syrian Observatory for Human Rights"."""
        word = re.compile(rf"\b{re.escape(name)}\b")
        return next((mention for whole, mention in self._long_names.items() if word.search(whole)), None)

    def remember(self, found: Resolution, start: int, content: Sequence[Span]) -> None:
        """Note who spoke, for the pronouns that follow."""
        if found.speaker is not None or found.party is not None:
            sentence = self._article.sentence_at(start).index
            end = self._article.sentence_at(max(0, content[-1][1] - 1)).index
            self._last = _Said(found, max(sentence, end), self._is_person(found))
        elif not found.rule.endswith(NOBODY_NEAR):
            # "A witness said …": whoever "she" is from here on, she is not the minister quoted before.
            self._last = None

    def _is_person(self, found: Resolution) -> bool:
        if found.rule.startswith(_CHAINED):
            return self._last is not None and self._last.is_person
        named = found.rule.startswith(("name", "pronoun"))
        return named or found.speaker is None or found.speaker in self._people

    def pronoun(self, word: str, start: int, content: Sequence[Span]) -> Resolution:
        """ "he" and "she" go back to a person, "it" and "they" to a body; `content` tells who it is not."""
        sentence = self._article.sentence_at(start).index
        if word in _RELATIVE:
            return self._relative(start) or _unresolved(word)
        if self._goes_on(word, sentence) and self._last and not self._spoken_of(self._last, content):
            back = self._last.resolution
            rule = f"{_CHAINED} ({word})"
            return Resolution(back.speaker, back.party, back.affiliation, back.status, rule, 0.85)
        return self._subject_before(word, sentence, content) or _unresolved(word)

    def _goes_on(self, word: str, sentence: int) -> bool:
        """Whether a pronoun in `sentence` may be the latest speaker."""
        last = self._last
        if last is None or not 0 <= sentence - last.sentence <= _CHAIN:
            return False
        if word in _PERSON_PRONOUNS:
            apart = sentence - last.sentence == _CHAIN
            return last.is_person and not (apart and self._brings_in_another(sentence - 1, last))
        # "A spokesman of the union said": "it" is neither.
        known = word != "it" or last.resolution.party is not None
        return word in _GROUP_PRONOUNS and known and not last.is_person

    def _brings_in_another(self, index: int, last: _Said) -> bool:
        """Whether a sentence opens with somebody: from then on "he" may be the newcomer."""
        sentence = self._article.sentences[index]
        opening = (sentence.start, min(sentence.end, sentence.start + 60))
        taken = [(m.start, m.end) for m in self.mentions_in(*opening)]
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

    def _subject_before(self, word: str, sentence: int, content: Sequence[Span]) -> Resolution | None:
        """The person that the sentence right before opens with, when the text ties a side to it."""
        if word not in _PERSON_PRONOUNS or sentence == 0:
            return None
        before = self._article.sentences[sentence - 1]
        name = take_name(words_after(self._article.text, before.start, 6))
        person = self.person(name) if name else None
        if person is None:
            return None
        found = of_person(person, "pronoun; subject of the sentence before", 0.7)
        return None if self._spoken_of(_Said(found, sentence - 1, True), content) else found

    def _relative(self, start: int) -> Resolution | None:
        """ "X, who said": the name or party right before the pronoun."""
        text = self._article.text
        sentence = self._article.sentence_at(start)
        inside = self.mentions_in(sentence.start, start)
        if inside and text[inside[-1].end : start].strip(" ,") == "":
            m = inside[-1]
            return Resolution(text[m.start : m.end], m.party, m.affiliation, "named", "relative clause", 0.8)
        before = text[sentence.start : start].rstrip(" ,")
        person = next((p for p in self._by_name if before.endswith(p.surname)), None)
        return of_person(person, "name; relative clause", 0.8) if person else None

    def noun(self, source: Span, head: str) -> Resolution | None:
        """ "The ministry", "the spokesman": the nearest earlier party with that noun right behind it.

        "An official" is somebody new; but "a ministry spokesman" goes back to the ministry.
        """
        text = self._article.text[source[0] : source[1]]
        words = text.split()
        body = next((w for w in words[:-1] if w in _BODIES), "") if head in ANONYMOUS else ""
        noun = body or head
        definite = bool(words) and words[0].lower() in _DEFINITE
        if noun not in STATE_NOUNS or not (body or definite) or any(w[0].isupper() for w in words[1:]):
            return None
        stem = noun.rstrip("s")[:6]
        for mention in self._before(source[0]):
            if noun in _OF_COUNTRIES and self._lexicon.parties[mention.party].kind != "country":
                continue
            if any(w.startswith(stem) for w in self._own_words(mention, source[0])):
                status: SpeakerStatus = "unnamed official" if head in ANONYMOUS else "named"
                speaker = text if status == "named" else None
                rule = f"“the {noun}”; the nearest one named before"
                return Resolution(speaker, mention.party, mention.affiliation, status, rule, 0.75)
        return None

    def _before(self, start: int) -> Iterator[PartyMention]:
        """The nearest parties named before `start`, the nearest first."""
        stop = bisect_left(self._starts, start)
        return reversed(self._mentions[max(0, stop - _NEAREST) : stop])

    def _own_words(self, mention: PartyMention, before: int) -> list[str]:
        """A party as written, and the words of office right behind it: "iran", "foreign", "minister"."""
        own = self._article.text[mention.start : mention.end].lower().split()
        for match in words_after(self._article.text, mention.end, 5):
            word = match.group().lower()
            if word == "s":  # of "Iran's"
                continue
            if match.end() > before or word not in ROLES | MODIFIERS | STATE_NOUNS | ANONYMOUS:
                break
            own.append(word)
        return own


def of_person(person: Person, rule: str, confidence: float) -> Resolution:
    """The person as the speaker."""
    return Resolution(person.name, person.party, person.affiliation, "named", rule, confidence)


def _unresolved(word: str) -> Resolution:
    return Resolution(None, None, None, "unnamed", f"“{word}” {NOBODY_NEAR}", 0.9)
