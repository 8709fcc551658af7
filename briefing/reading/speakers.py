"""Whose statement it is: from the words a source is written in to a speaker and a party.

Each step is a rule with a name and a confidence; the first that applies decides, and where none does the
speaker stays unnamed. Order and figures follow the error analysis of the training corpus: two thirds of
sources are names, a seventh "he" or "she", a seventh common nouns.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from briefing.reading.antecedents import PRONOUNS, RELATIVE, Antecedents, Resolution, of_person
from briefing.reading.bodies import Bodies
from briefing.reading.media import outlet_named
from briefing.reading.offices import ANONYMOUS, head_noun, holds_office, own_names, seat_of, speaks_for
from briefing.reading.parties import PartyLexicon, PartyMention
from briefing.reading.persons import ROLES, Person, is_name_word
from briefing.types import Article, Span, SpeakerStatus

# Sources that name nobody: what they say is kept, credited to them in their own words.
_NO_NAMES = frozenset(
    """report reports witness witnesses resident residents activist activists media critics analyst analysts
    expert experts observers people local locals monitor monitors poll survey study video footage doctors
    doctor medics villagers refugees survivors relatives neighbours some many others sources source official
    videos images image photos photographs pictures
    officials newspaper newspapers agency television channel website rumours post posts statement""".split()
)
# "A monitoring group said": which one, the text mostly tells two sentences on.
_MONITORS = re.compile(
    r"\b(?:monitor(?:s|ing group)?|watchdog|war monitor|rights group|observers? group)\b", re.IGNORECASE
)
_WORD = re.compile(r"[^\W_]+(?:[.'’\-][^\W_]+)*")
_BUYER = re.compile(r"(?:[Tt]he|[Ii]ts|[Aa]n?)(?: [a-z-]+){0,4},?(?: [\w-]+-based)?|[\w-]+-based")
_DESCRIBED = re.compile(
    r"(?:(?:[Tt]he|[Aa]n?) )?(?:(?:[A-Z][a-z]+ )?[\w]+-(?:based|led|backed|linked|affiliated|wide) |"
    r"(?:opposing|opposition|militant|terrorist|rebel|monitoring|group|watchdog|activist|rights|human) )*"
)
_SOMEBODYS_BODY = re.compile(
    r"[A-ZÀ-Þ][\w’'\- ]*['’]s? (?:campaign|office|team|party|company|foundation|camp)$"
)
_APPOSED = re.compile(
    r",? (?:a|an|the|which|who|whose)\b|,|$|'s$|’s$| \(|"
    r" (?:(?:terrorist|militant|extremist|armed|rebel) )?(?:group|organi[sz]ation|movement|militia)\b"
)
# What "who" and "which" go back to: the last words without a verb or a mark between.
_PHRASE = re.compile(
    r"(?:^|(?<=[\s(“\"]))((?:(?:[Tt]he|[Aa]n?) (?:[\w.'’\-]+ ){0,4}|"
    r"(?:[A-ZÀ-Þ][\w.'’\-]* )(?:[\w'’\-]+ ){0,3})"
    r"[\w'’\-]+),? $"
)

UNNAMED = Resolution(None, None, None, "unnamed", "no speaker in the text", 1.0)


def _lower(words: Sequence[str]) -> frozenset[str]:
    return frozenset(word.lower() for word in words)


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
        self._mentions = mentions
        self._bodies = Bodies(article, mentions, lexicon)
        self._antecedents = Antecedents(article, self._bodies, people)
        named = {article.text[m.start : m.end]: m for m in reversed(mentions)}
        self._long_names = {name: mention for name, mention in reversed(named.items()) if " " in name}

    def resolve(self, source: Sequence[Span], content: Sequence[Span]) -> Resolution:
        """The speaker of one attribution; `content` rules out whoever it speaks about as a third person."""
        if not source:
            return UNNAMED
        found = self._find(source[0], content)
        head = head_noun(self._article.text[source[0][0] : source[0][1]])
        self._antecedents.remember(found, source[0], head, content)
        return found

    def resolve_inside(self, source: Span) -> Resolution:
        """The speaker of what is said inside another statement: only who is named there, never a pronoun."""
        words = _WORD.findall(self._article.text[source[0] : source[1]].lower())
        if len(words) == 1 and words[0] in PRONOUNS:
            return Resolution(None, None, None, "unnamed", f"“{words[0]}” inside a statement", 0.9)
        return self._find(source, ())

    def _find(self, source: Span, content: Sequence[Span]) -> Resolution:
        text = self._article.text[source[0] : source[1]]
        words = _WORD.findall(text)
        first = re.sub(r"['’]\w+$", "", words[0].lower()) if words else ""  # "He’s" is "he"
        if first in RELATIVE - {"that"} or (first in PRONOUNS and len(words) == 1):
            return self._relative(first, source[0]) or self._antecedents.pronoun(first, source[0], content)
        inside = self._bodies.inside(*source)
        turn = self._turn(text)
        if turn is not None:
            return turn
        name = self._name(source, inside) if first not in ("no", "nobody", "neither", "none") else ""
        head = head_noun(text)
        last = inside[-1] if inside else None
        ends = last is not None and last.end >= source[1] - 1 and " " not in name
        if last is not None and ends and self._is_body(source[0], last) and not ROLES & _lower(words):
            return self._of_side(text, last, source[0], head)
        outlet = outlet_named(text, " ".join(self._article.text[m.start : m.end] for m in inside))
        if outlet and not (name and (head in ROLES or (" " in name and name not in outlet))):
            return Resolution(outlet, None, None, "named", "an outlet, quoted as itself", 0.9)
        if name:
            return self._named(name, source, inside)
        side = self._side(source, inside, head)
        if side is not None:
            return self._of_side(text, side, source[0], head)
        back = self._antecedents.noun(source, head) or self._monitor(text)
        if back is not None:
            return back
        if first in ("no", "nobody", "neither", "none"):
            return Resolution(None, None, None, "unnamed", "the source names nobody", 0.9)
        alone = len(words) == 1 and (is_name_word(words[0]) or words[0].isupper() or first == "police")
        if any(m.start == source[0] and m.end == source[1] for m in inside):
            return Resolution(None, None, None, "unnamed", "a place, not an actor", 0.8)
        proper = alone or _SOMEBODYS_BODY.match(text) is not None or any(is_name_word(w) for w in words[1:])
        if head in _NO_NAMES | ANONYMOUS or not proper or self._is_common(text, head):
            return Resolution(None, None, None, "unnamed", "the source names nobody", 0.9)
        return Resolution(text, None, None, "named", "the source as written", 0.7)

    def _is_body(self, start: int, mention: PartyMention) -> bool:
        """Whether a source that ends with this mention is the body itself: "the UK-based Syrian
        Observatory"."""
        kind = self._lexicon.parties[mention.party].kind
        before = self._article.text[start : mention.start]
        return kind in ("organisation", "armed group") and _DESCRIBED.fullmatch(before) is not None

    def _relative(self, pronoun: str, start: int) -> Resolution | None:
        """ "Turkish officials, who said …": whom the words right before the pronoun are."""
        if pronoun not in RELATIVE:
            return None
        sentence = self._article.sentence_at(start)
        before = _PHRASE.search(self._article.text, max(sentence.start, start - 70), start)
        found = self._find((before.start(1), before.end(1)), ()) if before else None
        if found is None or (found.party is None and self._antecedents.person(found.speaker or "-") is None):
            return None
        return replace(found, rule=f"{found.rule}; relative clause", confidence=min(0.8, found.confidence))

    def _is_common(self, text: str, head: str) -> bool:
        """Whether a source is built on a common noun: "British scientists", "a draft UN resolution"."""
        if _SOMEBODYS_BODY.match(text):
            return False
        inside = re.search(rf"\b{re.escape(head)}\b", text) is not None
        return len(text.split()) > 1 and (inside or text.lower().startswith(f"{head} "))

    def _turn(self, text: str) -> Resolution | None:
        """A speaker of a transcript, written in capitals: "KENT:"."""
        if text != text.upper() or len(text) < 3 or self._lexicon.resolve(text) is not None:
            return None
        if text.casefold() == self._article.outlet.casefold():
            return Resolution(self._article.outlet, None, None, "named", "an outlet, quoted as itself", 0.9)
        surname = text.split()[-1].title()
        person = self._antecedents.person(surname)
        if person is not None:
            return of_person(person, f"name in a transcript; {person.rule}", person.confidence)
        name = self._antecedents.full_name(surname, len(self._article.text))
        if name == surname:
            return None
        return Resolution(name, None, None, "named", "name in a transcript", 0.85)

    def _name(self, source: Span, inside: Sequence[PartyMention]) -> str:
        """The personal name of a source's speaker, or "" (party words, titles and days are no names)."""
        text = self._article.text
        opens = self._article.sentence_at(source[0]).start
        names = list(own_names(text, source, [(m.start, m.end) for m in inside]))
        known = next((name for name, _ in names if self._antecedents.person(name) is not None), None)
        if known is not None:
            return known
        # "Its Sahel researcher, Ana Duarte": one capitalised word before lower case is no name beside a
        # full one.
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
        person = self._antecedents.person(name)
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
        official = self._antecedents.same_official(_WORD.findall(text[source[0] : source[1]]), source[0])
        if official is not None:
            rule = "name; the official quoted before without one"
            return Resolution(name, official.party, official.affiliation, "named", rule, 0.65)
        # A single word may be cut from a longer name ("the Idlib Media Center"): then the source is shown.
        written = text[source[0] : source[1]]
        others = [w for w in _WORD.findall(written) if is_name_word(w)]
        whole = " " in name or len(others) == 1 or written.startswith(f"{name},")
        if whole and " " not in name:
            name = self._antecedents.full_name(name, source[0])
        return Resolution(name if whole else written, None, None, "named", "name without a side", 0.8)

    def _short_form(self, name: str) -> PartyMention | None:
        """ "the Observatory" after "the Syrian Observatory for Human Rights"."""
        word = re.compile(rf"\b{re.escape(name)}\b")
        return next((mention for whole, mention in self._long_names.items() if word.search(whole)), None)

    def _side(self, source: Span, inside: Sequence[PartyMention], head: str) -> PartyMention | None:
        """The party that a source without a personal name stands for."""
        text = self._article.text
        for mention in inside:
            if seat_of(text, source, mention) or self._leads(source, mention):
                return mention
            if mention.form in ("name", "capital") and not self._lexicon.is_actor(text, mention):
                continue
            if speaks_for(text, source, mention, head):
                return mention
        return None

    def _leads(self, source: Span, mention: PartyMention) -> bool:
        """Whether a source is the party and words about it: "Russia a key ally of …", "the RSF, which …"."""
        text = self._article.text
        before = text[source[0] : mention.start].strip(' ,“"')
        if mention.form == "group" and _BUYER.fullmatch(before):
            before = ""  # "The buyer, Emirates-based Qasr Holding"
        after = text[mention.end : source[1]]
        apposed = _APPOSED.match(after) is not None
        return (
            mention.form != "demonym"
            and before.lower() in ("", "the")
            and apposed
            and (mention.form not in ("name", "capital") or self._lexicon.is_actor(text, mention))
        )

    def _of_side(self, source: str, side: PartyMention, start: int, head: str) -> Resolution:
        """A party's own word: the one person it names in that office, or the party as it is written."""
        status: SpeakerStatus = "unnamed official" if head in ANONYMOUS else "named"
        rule = f"party named as a {side.form}"
        if head in ROLES and (holder := self._antecedents.holder(head, side.party, start)) is not None:
            return of_person(holder, f"{rule}; the one the text names", 0.85)
        until = source.find(",", side.end - start)
        speaker = source if until < 0 else source[:until]
        written = self._article.text[side.start : side.end]
        before = source[: side.start - start].lower().strip()
        if before not in ("", "the") and head in written.lower().split() and speaker.endswith(written):
            speaker = written  # "The Britain-based Syrian Observatory"
        return Resolution(
            speaker if status == "named" else None, side.party, side.affiliation, status, rule, 0.95
        )

    def _monitor(self, source: str) -> Resolution | None:
        """ "A monitoring group said": the one organisation of that kind that the article names."""
        if not _MONITORS.search(source):
            return None
        near = [m for m in self._mentions if self._is_monitor(m)]
        if len({m.party for m in near}) != 1:
            return None
        name = self._article.text[near[0].start : near[0].end]
        return Resolution(
            name, near[0].party, near[0].affiliation, "named", "a monitor; the one the text names", 0.7
        )

    def _is_monitor(self, mention: PartyMention) -> bool:
        words = {"observatory", "rights", "monitor", "watch", "monitoring", "network"}
        kind = self._lexicon.parties[mention.party].kind
        return kind == "organisation" and bool(words & set(mention.party.lower().split()))
