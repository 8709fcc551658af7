"""Whose statement it is: from the words a source is written in to a speaker and a party.

Each step is a rule with a name and a confidence; the first that applies decides, and where none does the
speaker stays unnamed. Order and figures follow the error analysis of the training corpus: two thirds of
sources are names, a seventh "he" or "she", a seventh common nouns.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from briefing.reading.antecedents import PRONOUNS, Antecedents, Resolution, of_person
from briefing.reading.offices import ANONYMOUS, head_noun, holds_office, own_names, speaks_for
from briefing.reading.parties import PartyLexicon, PartyMention
from briefing.reading.persons import Person, is_name_word
from briefing.types import Article, Span, SpeakerStatus

# Sources that name nobody: what they say is kept, credited to them in their own words.
_NO_NAMES = frozenset(
    """report reports witness witnesses resident residents activist activists media critics analyst analysts
    expert experts observers people local locals monitor monitors poll survey study video footage doctors
    doctor medics villagers refugees survivors relatives neighbours some many others sources source official
    officials newspaper newspapers agency television channel website rumours post posts statement""".split()
)
_WORD = re.compile(r"[^\W_]+(?:[.'’\-][^\W_]+)*")

UNNAMED = Resolution(None, None, None, "unnamed", "no speaker in the text", 1.0)


class SpeakerResolver:
    """Resolves the sources of one article, in the order they are given (pronouns look back)."""

    def __init__(
        self,
        article: Article,
        mentions: Sequence[PartyMention],
        people: Mapping[str, Person],
        lexicon: PartyLexicon,
    ) -> None:
        self._article = article
        self._lexicon = lexicon
        self._antecedents = Antecedents(article, mentions, people, lexicon)

    def resolve(self, source: Sequence[Span], content: Sequence[Span]) -> Resolution:
        """The speaker of one attribution; `content` rules out whoever it speaks about as a third person."""
        if not source:
            return UNNAMED
        found = self._find(source[0], content)
        self._antecedents.remember(found, source[0][0], content)
        return found

    def _find(self, source: Span, content: Sequence[Span]) -> Resolution:
        text = self._article.text[source[0] : source[1]]
        words = _WORD.findall(text)
        first = re.sub(r"['’]\w+$", "", words[0].lower()) if words else ""  # "He’s" is "he"
        if first in ("who", "which") or (first in PRONOUNS and len(words) == 1):
            return self._antecedents.pronoun(first, source[0], content)
        inside = self._antecedents.mentions_in(*source)
        name = self._name(source, inside)
        if name:
            return self._named(name, source, inside)
        head = head_noun(text)
        side = self._side(source, inside, head)
        if side is not None:
            return _of_side(text, side, source[0], head)
        back = self._antecedents.noun(source, head)
        if back is not None:
            return back
        if head in _NO_NAMES | ANONYMOUS or not any(is_name_word(w) for w in words):
            return Resolution(None, None, None, "unnamed", "the source names nobody", 0.9)
        return Resolution(text, None, None, "named", "the source as written", 0.7)

    def _name(self, source: Span, inside: Sequence[PartyMention]) -> str:
        """The personal name of a source's speaker, or "" (party words, titles and days are no names)."""
        text = self._article.text
        opens = self._article.sentence_at(source[0]).start
        for name, goes_on in own_names(text, source, [(m.start, m.end) for m in inside]):
            # One capitalised word that opens the sentence and goes on in lower case is a noun: "Photographs
            # circulated by activists".
            noun = goes_on and text.startswith(name, opens)
            common = " " not in name and (noun or name.lower() in _NO_NAMES)
            if not common or self._antecedents.person(name) is not None:
                return name
        return ""

    def _named(self, name: str, source: Span, inside: Sequence[PartyMention]) -> Resolution:
        person = self._antecedents.person(name)
        if person is not None and person.party is not None:
            return of_person(person, f"name; {person.rule}", person.confidence)
        text = self._article.text
        for mention in inside:
            country = self._lexicon.parties[mention.party].kind == "country"
            if holds_office(text, source, mention, country):
                rule = "name; side in the source"
                return Resolution(name, mention.party, mention.affiliation, "named", rule, 0.85)
        short = self._antecedents.short_form(name)
        if short is not None:
            rule = "short form of a name before"
            return Resolution(name, short.party, short.affiliation, "named", rule, 0.8)
        # A single word may be cut from a longer name ("the Idlib Media Center"): then the source is shown.
        written = text[source[0] : source[1]]
        whole = " " in name or len(_WORD.findall(written)) == 1 or written.startswith(f"{name},")
        return Resolution(name if whole else written, None, None, "named", "name without a side", 0.8)

    def _side(self, source: Span, inside: Sequence[PartyMention], head: str) -> PartyMention | None:
        """The party that a source without a personal name stands for."""
        text = self._article.text
        for mention in inside:
            if mention.form in ("name", "capital") and not self._lexicon.is_actor(text, mention):
                continue
            if speaks_for(text, source, mention, head):
                return mention
        return None


def _of_side(source: str, side: PartyMention, start: int, head: str) -> Resolution:
    """A party's own word, without what stands behind a comma: "Tokyo" of "Tokyo, which sent two ships"."""
    status: SpeakerStatus = "unnamed official" if head in ANONYMOUS else "named"
    until = source.find(",", side.end - start)
    speaker = source if until < 0 else source[:until]
    rule = f"party named as a {side.form}"
    return Resolution(
        speaker if status == "named" else None, side.party, side.affiliation, status, rule, 0.95
    )
