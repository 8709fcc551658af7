"""Whose statement it is: from the words a source is written in to a speaker and a party.

Each step is a rule with a name and a confidence; the first that applies decides, and where none does the
speaker stays unnamed. Order and figures follow the error analysis of the training corpus: two thirds of
sources are names, a seventh "he" or "she", a seventh common nouns.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache

from briefing.reading.parties import PartyMention
from briefing.reading.persons import ROLES, Person, is_name_word
from briefing.reading.speakers.bodies import Bodies
from briefing.reading.speakers.descriptions import Descriptions
from briefing.reading.speakers.media import outlet_named
from briefing.reading.speakers.memory import Memory
from briefing.reading.speakers.offices import ANONYMOUS, head_noun, holds_office, own_names
from briefing.reading.speakers.pronouns import PRONOUNS, RELATIVE, Pronouns
from briefing.reading.speakers.resolution import Resolution, of_name, of_nobody, of_person, of_unnamed
from briefing.reading.speakers.sides import is_body, of_side, side_of
from briefing.types import Span

# Sources that name nobody: what they say is kept, credited to them in their own words.
_NO_NAMES = frozenset(
    """report reports witness witnesses resident residents activist activists media critics analyst analysts
    expert experts observers people local locals monitor monitors poll survey study video videos footage image
    images photo photos photographs pictures doctors doctor medics villagers refugees survivors relatives
    neighbours some many others sources source official officials newspaper newspapers agency television
    channel website rumours post posts statement prosecutors investigators authorities organisers""".split()
)
_NOBODY = frozenset("no nobody neither none".split())
_WORD = re.compile(r"[^\W_]+(?:[.'’\-][^\W_]+)*")
_SOMEBODYS_BODY = re.compile(
    r"[A-ZÀ-Þ][\w’'\- ]*['’]s? (?:campaign|office|team|party|company|foundation|camp)$"
)
# What "who" and "which" go back to: the last words without a verb or a mark between.
_PHRASE = re.compile(
    r"(?:^|(?<=[\s(“\"]))((?:(?:[Tt]he|[Aa]n?) (?:[\w.'’\-]+ ){0,4}|"
    r"(?:[A-ZÀ-Þ][\w.'’\-]* )(?:[\w'’\-]+ ){0,3})"
    r"[\w'’\-]+),? $"
)
_STAFF = re.compile(
    r"((?:[A-ZÀ-Þ][\w-]+ ){0,2}[A-ZÀ-Þ][\w-]+)['’]s "
    r"(office|campaign|team|spokesman|spokeswoman|chief of staff)"
)
_THEIR_OFFICES = ("his office", "her office")
_RANKS = {"Gen.": "general", "Col.": "colonel", "Maj.": "major", "Capt.": "captain", "Lt.": "lieutenant"}
_INTRODUCED, _WINDOW = 3, 1500  # sentences and characters before "the official"
_CLAUSE = re.compile(r", (?:which|whose|where)\b")
_PHRASE_REACH = 70  # characters

UNNAMED = of_nobody("no speaker in the text", 1.0)


class SpeakerResolver:
    """Resolves the sources of one article, in the order they are given (pronouns look back)."""

    def __init__(self, bodies: Bodies, people: Mapping[str, Person]) -> None:
        self._bodies = bodies
        self._article = article = bodies.article
        self._lexicon = bodies.lexicon
        self._memory = Memory(article, people)
        self._pronouns = Pronouns(bodies, self._memory)
        self._descriptions = Descriptions(bodies, self._memory)
        mentions = bodies.mentions
        named = {article.text[m.start : m.end]: m for m in reversed(mentions)}
        self._long_names = {name: mention for name, mention in reversed(named.items()) if " " in name}

    def resolve(self, source: Sequence[Span], content: Sequence[Span]) -> Resolution:
        """The speaker of one attribution; `content` rules out whoever it speaks about as a third person."""
        if not source:
            return UNNAMED
        found = self._find(source[0], content)
        head = head_noun(self._article.text[source[0][0] : source[0][1]])
        self._memory.remember(found, source[0], head, content)
        return found

    def resolve_inside(self, source: Span) -> Resolution:
        """The speaker of what is said inside another statement: only who is named there, never a pronoun."""
        words = _WORD.findall(self._article.text[source[0] : source[1]].lower())
        if len(words) == 1 and words[0] in PRONOUNS:
            return of_nobody(f"“{words[0]}” inside a statement")
        return self._find(source, ())

    def _find(self, source: Span, content: Sequence[Span]) -> Resolution:
        text = self._article.text[source[0] : source[1]]
        words = _WORD.findall(text)
        first = re.sub(r"['’]\w+$", "", words[0].lower()) if words else ""  # "He’s" is "he"
        if first in RELATIVE - {"that"} or (first in PRONOUNS and len(words) == 1):
            return self._relative(first, source[0]) or self._pronouns.resolve(first, source[0], content)
        if text.lower() in _THEIR_OFFICES:
            return self._pronouns.office_of(text, source[0])
        inside, head = self._bodies.inside(*source), head_noun(text)
        turn = self._turn(text)
        if turn is not None:
            return turn
        name = "" if first in _NOBODY else self._name(source, inside)
        if inside and " " not in name and is_body(self._article.text, source, inside[-1], self._lexicon):
            return of_side(self._article, source, inside[-1], head, self._memory)
        outlet = outlet_named(text, " ".join(self._article.text[m.start : m.end] for m in inside))
        if outlet and not (name and (head in ROLES or (" " in name and name not in outlet))):
            return of_name(outlet, "an outlet, quoted as itself", 0.9)
        if name:
            return self._named(name, source, inside)
        side = side_of(self._article.text, source, inside, head, self._lexicon)
        if side is not None:
            return of_side(self._article, source, side, head, self._memory)
        found = self._descriptions.resolve(source, head) or self._introduced(text, source[0], head)
        return found or self._staff(text) or self._as_written(source, inside, head)

    def _introduced(self, text: str, start: int, head: str) -> Resolution | None:
        """ "A ministry official was curt. … the official said", "the general": who came in so before."""
        if text.lower() != f"the {head}" or head not in ROLES | ANONYMOUS:
            return None
        sentence = self._article.sentence_at(start)
        first = max(self._article.sentences[max(0, sentence.index - _INTRODUCED)].start, start - _WINDOW)
        before = list(_introductions(head).finditer(self._article.text, first, start))
        if not before:
            return None
        found = self._find(before[-1].span(), ())
        rule = f"“the {head}”; {found.rule}"
        return replace(found, rule=rule, confidence=min(0.7, found.confidence)) if found.party else None

    def _staff(self, text: str) -> Resolution | None:
        """ "Rudnik's office": of somebody whose side is known."""
        match = _STAFF.fullmatch(text)
        person = self._memory.person(match[1]) if match else None
        if person is None or person.party is None:
            return None
        found = of_person(person, f"the staff of {person.name}", 0.7)
        named = match is not None and match[2] in ("office", "campaign", "team")
        return replace(found, speaker=text) if named else of_unnamed(found)

    def _as_written(self, source: Span, inside: Sequence[PartyMention], head: str) -> Resolution:
        """The source in its own words where it is a name ("the Idlib Media Center"), else nobody."""
        text = self._article.text[source[0] : source[1]]
        words = _WORD.findall(text)
        if any(m.start == source[0] and m.end == source[1] for m in inside):
            return of_nobody("a place, not an actor", 0.8)
        alone = len(words) == 1 and (is_name_word(words[0]) or words[0].isupper() or text == "Police")
        body = _SOMEBODYS_BODY.match(text) is not None
        proper = alone or body or any(is_name_word(w) for w in words[1:])
        nobody = head in _NO_NAMES | ANONYMOUS or (words and words[0].lower() in _NOBODY)
        if nobody or not proper or not (body or _is_proper(text, head)):
            return of_nobody("the source names nobody")
        return of_name(text, "the source as written", 0.7)

    def _relative(self, pronoun: str, start: int) -> Resolution | None:
        """ "Turkish officials, who said …": whom the words right before the pronoun are."""
        if pronoun not in RELATIVE:
            return None
        sentence = self._article.sentence_at(start)
        before = _PHRASE.search(self._article.text, max(sentence.start, start - _PHRASE_REACH), start)
        found = self._find((before.start(1), before.end(1)), ()) if before else None
        if found is None or (found.party is None and self._memory.person(found.speaker or "-") is None):
            return None
        return replace(found, rule=f"{found.rule}; relative clause", confidence=min(0.8, found.confidence))

    def _turn(self, text: str) -> Resolution | None:
        """A speaker of a transcript, written in capitals: "KENT:"."""
        if text != text.upper() or len(text) < 3 or self._lexicon.resolve(text) is not None:
            return None
        if text.casefold() == self._article.outlet.casefold():
            return of_name(self._article.outlet, "an outlet, quoted as itself", 0.9)
        surname = text.split()[-1].title()
        person = self._memory.person(surname)
        if person is not None:
            return of_person(person, f"name in a transcript; {person.rule}", person.confidence)
        name = self._memory.full_name(surname, len(self._article.text))
        return None if name == surname else of_name(name, "name in a transcript", 0.85)

    def _name(self, source: Span, inside: Sequence[PartyMention]) -> str:
        """The personal name of a source's speaker, or "" (party words, titles and days are no names)."""
        text = self._article.text
        opens = self._article.sentence_at(source[0]).start
        # "The Sunshine Growers Alliance, which represents Florida farmers"
        clause = _CLAUSE.search(text, *source)
        until = clause.start() if clause and inside and inside[0].end <= clause.start() else source[1]
        names = list(own_names(text, (source[0], until), [(m.start, m.end) for m in inside]))
        known = next((name for name, _ in names if self._memory.person(name) is not None), None)
        if known is not None:
            return known
        # "Its Sahel researcher, Ana Duarte": beside a full name one capitalised word before lower case is
        # none.
        if any(" " in name for name, _ in names):
            names = [(name, goes_on) for name, goes_on in names if " " in name or not goes_on]
        for name, goes_on in names:
            # One capitalised word that opens the sentence and goes on in lower case is a noun: "Photographs
            # circulated by activists".
            noun = goes_on and text.startswith(name, opens)
            if " " in name or not (noun or name.lower() in _NO_NAMES):
                return name
        return ""

    def _named(self, name: str, source: Span, inside: Sequence[PartyMention]) -> Resolution:
        person = self._memory.person(name)
        if person is not None and person.party is not None:
            return of_person(person, f"name; {person.rule}", person.confidence)
        text = self._article.text
        for mention in inside:
            country = self._lexicon.parties[mention.party].kind == "country"
            if holds_office(text, source, mention, country):
                rule = "name; side in the source"
                return Resolution(name, mention.party, mention.affiliation, "named", rule, 0.85)
        short = self._short_form(name)
        if short is not None:
            rule = "short form of a name before"
            return Resolution(name, short.party, short.affiliation, "named", rule, 0.8)
        titles = [*_WORD.findall(text[source[0] : source[1]]), self._memory.title_of(name)]
        official = self._memory.same_official(titles, source[0])
        if official is not None:
            rule = "name; the official quoted before without one"
            return Resolution(name, official.party, official.affiliation, "named", rule, 0.65)
        # A single word may be cut from a longer name ("the Idlib Media Center"): then the source is shown.
        written = text[source[0] : source[1]]
        others = [w for w in _WORD.findall(written) if is_name_word(w)]
        whole = " " in name or len(others) == 1 or written.startswith(f"{name},")
        if whole and " " not in name:
            name = self._memory.full_name(name, source[0])
        return of_name(name if whole else written, "name without a side", 0.8)

    def _short_form(self, name: str) -> PartyMention | None:
        """ "the Observatory" after "the Syrian Observatory for Human Rights"."""
        word = re.compile(rf"\b{re.escape(name)}\b")
        return next((mention for whole, mention in self._long_names.items() if word.search(whole)), None)


@cache
def _introductions(head: str) -> re.Pattern[str]:
    """An indefinite description built on `head`, or a rank before a name."""
    rank = "|".join(re.escape(short) for short, rank in _RANKS.items() if rank == head)
    ranked = rf"(?:{head.title()}{'|' + rank if rank else ''})(?: [A-ZÀ-Þ][\w.’'\-]+){{1,3}}"
    return re.compile(rf"\b(?:[Aa]n? (?:[\w’'\-]+ ){{1,5}}{head}\b|{ranked})")


def _is_proper(text: str, head: str) -> bool:
    """Whether a source is built on a capitalised noun; "British scientists", "a draft UN resolution" are
    not."""
    if len(text.split()) < 2:
        return True
    common = re.search(rf"\b{re.escape(head)}\b", text) is not None
    return not (common or text.lower().startswith(f"{head} "))
