"""Which body a text points back at: "its" spokesman, "the group", "the army's" commander.

The nearest party that acts is taken, from a short way back only; a country that is a place is no body.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, cached_property

from briefing.reading.attribution.quotations import quotation_spans
from briefing.reading.attribution.reporting import find_verb
from briefing.reading.parties import PartyLexicon, PartyMention
from briefing.reading.parties.rows import cities
from briefing.reading.speakers.offices import ANONYMOUS, STATE_NOUNS
from briefing.reading.speakers.persons import MODIFIERS, ROLES, words_after
from briefing.types import Article

_NEAREST = 50  # parties named before; farther back, "the ministry" is another one
_NEAR = 3  # sentences, for "the group", "the company", "the alliance"
_STATE_REACH = 6  # for "the army", "the police"
_LONG_SENTENCE = 600  # characters of a sentence that are looked through
_LONG_NAME = 60
_OPENING = 20  # characters before the country that opens a sentence
_LEAD = 1.5
# "TALLINN, Feb 14 (Nordbalt) -", "Aleppo —": at the very start of an article.
_DATELINE = re.compile(
    r"([A-ZÀ-Þ][\w.'’\-]*(?: [A-ZÀ-Þ][\w.'’\-]*){0,3})(?:/[A-ZÀ-Þ \-]+)?(?:, [\w.,/ ]{1,30}?)?"
    r"(?: \([^()\n]{2,40}\))? ?(?:--?|–|—|:)\s"
)
_ANOTHER = re.compile(r",? (?:and|or) (?:the )?[A-Z]|, [A-Z]\w+ and ")
_OF_COUNTRIES = frozenset(
    "government regime army military ministry minister president parliament state police navy".split()
)
_ARMED = ("armed group", "opposition", "organisation")
# The kinds of party that a noun may point back at.
_KINDS: Mapping[str, tuple[str, ...]] = {
    **dict.fromkeys(("group", "movement", "organisation", "organization", "faction", "militia"), _ARMED),
    **dict.fromkeys(
        (
            "militants",
            "rebels",
            "insurgents",
            "jihadists",
            "fighters",
            "guerrillas",
            "paramilitaries",
            "separatists",
        ),
        ("armed group", "opposition"),
    ),
    **dict.fromkeys(("alliance", "bloc", "pact"), ("alliance",)),
    **dict.fromkeys(("agency",), ("un body",)),
    **dict.fromkeys(("company", "firm", "operator", "airline", "miner", "owner"), ("organisation",)),
}
# Nouns that a body's own name holds: "the union" is a union.
_NAMED = frozenset(
    "union party council committee association federation bank commission authority coalition front court "
    "mission observatory monitor network league congress campaign".split()
)
BODY_NOUNS = frozenset(_KINDS) | _NAMED
_ORGANISED = frozenset("union party association company firm group movement network charity".split())
# What a country has one of: "the army" is that of the country that acts nearby.
ONE_OF_A_COUNTRY = frozenset(
    """government army military navy police ministry parliament presidency guard authorities cabinet junta
    staff president premier minister king sultan emir queen chancellor prosecutors prosecutor court governor
    judge treasury regime command""".split()
)
_COMMON = re.compile(
    rf"\b[Tt]he (?:[\w-]+ ){{0,2}}({'|'.join(sorted(BODY_NOUNS | ONE_OF_A_COUNTRY))})\b(?! (?:of|for)\b)"
)


@cache
def _city_pattern() -> re.Pattern[str]:
    names = sorted(cities(), key=len, reverse=True)
    return re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, names))})(?![\w-])")


def find_cities(text: str) -> Iterator[tuple[int, str]]:
    """Where a text names a city that we list, and its country."""
    known = cities()
    return ((match.start(), known[match.group()]) for match in _city_pattern().finditer(text))


class Bodies:
    """The parties of one article, in order, as things that words point back at."""

    def __init__(self, article: Article, mentions: Sequence[PartyMention], lexicon: PartyLexicon) -> None:
        self._article = article
        self._mentions = mentions
        self._lexicon = lexicon
        self._starts = [m.start for m in mentions]

    def inside(self, start: int, end: int) -> Sequence[PartyMention]:
        """The parties named inside [start, end), in order."""
        first = bisect_left(self._starts, start)
        return [m for m in self._mentions[first : bisect_left(self._starts, end)] if m.end <= end]

    def before(self, start: int) -> Iterator[PartyMention]:
        """The nearest parties named before `start`, the nearest first."""
        stop = bisect_left(self._starts, start)
        return reversed(self._mentions[max(0, stop - _NEAREST) : stop])

    def subject_before(self, start: int) -> PartyMention | None:
        """What "its" and "their" at `start` go back to: the first party that acts in the sentence, else in
        the one before; None where neither names one."""
        sentence = self._article.sentence_at(start)
        found = self._subject(sentence.start, start)
        if found is None and sentence.index:
            before = self._article.sentences[sentence.index - 1]
            found = self._subject(before.start, before.end)
        return found

    def _subject(self, start: int, end: int) -> PartyMention | None:
        """The party that speaks in [start, end), else the only one that acts, named or as "the company"."""
        start = max(start, end - _LONG_SENTENCE)
        acting = [m for m in self.inside(start, end) if self._acts(m)]
        places = [(m.start, m.end, m) for m in acting]
        for match in _COMMON.finditer(self._article.text, start, end):
            meant = self.of_noun(match[1].lower(), match.start())
            if meant is not None:
                places.append((match.start(), match.end(), meant))
        places.sort(key=lambda place: place[:2])
        for _, stop, mention in places:
            if find_verb(self._article.text[stop : stop + 30].split(",")[0]) is not None:
                return mention
        return places[0][2] if len({m.party for _, _, m in places}) == 1 else None

    def _acts(self, mention: PartyMention) -> bool:
        if mention.form == "demonym":
            return False
        return self._lexicon.is_actor(self._article.text, mention)

    def of_noun(self, noun: str, start: int) -> PartyMention | None:
        """What "the `noun`" at `start` goes back to, or None."""
        if noun in STATE_NOUNS | ONE_OF_A_COUNTRY:
            return self._of_state(noun, start)
        if noun not in BODY_NOUNS:
            return None
        here = self._article.sentence_at(start).index
        kinds = _KINDS.get(noun, ())
        only = self._only_organisation()
        for mention in self.before(start):
            if here - self._article.sentence_at(mention.start).index > _NEAR and noun not in _NAMED:
                return None
            written = self._article.text[mention.start : mention.end].lower().split()
            if noun in _NAMED and noun in [*written, *mention.party.lower().split()]:
                return mention
            if self._lexicon.parties[mention.party].kind in kinds and mention.form != "demonym":
                return mention
        return only if only is not None and only.start < start and noun in _ORGANISED else None

    def _only_organisation(self) -> PartyMention | None:
        """The one organisation that the article names, or None."""
        found = [m for m in self._mentions if self._lexicon.parties[m.party].kind == "organisation"]
        return found[0] if len({m.party for m in found}) == 1 else None

    def _of_state(self, noun: str, start: int) -> PartyMention | None:
        for mention in self.before(start):
            if noun in _OF_COUNTRIES and self._lexicon.parties[mention.party].kind != "country":
                continue
            if self.bears(mention, noun, start):
                return mention
        if noun not in ONE_OF_A_COUNTRY:
            return None
        return self.country_near(start, _STATE_REACH)

    def bears(self, mention: PartyMention, noun: str, start: int) -> bool:
        """Whether a party is written with `noun` ("the Syrian army"); else "the army" is only concluded
        its."""
        stem = noun.rstrip("s")[:6]
        return any(word.startswith(stem) for word in self._own_words(mention, start))

    def country_near(self, start: int, reach: int = _NEAR) -> PartyMention | None:
        """Whose "the army" or "the minister" at `start` is, where the text names no country beside it.

        The country that opens the sentence ("Serbia denied …", "In Belgrade, …") or one of `reach` before it,
        as far as the article is about it or names no third; else the article's own.
        """
        sentence = self._article.sentence_at(start)
        home = self.home
        for index in range(sentence.index, max(-1, sentence.index - reach - 1), -1):
            bounds = self._article.sentences[index]
            end = min(start, bounds.end)
            opener = self._opener(bounds.start, end)
            if opener is None:
                continue
            apart = sentence.index - index
            near = apart == 0 or (apart == 1 and len(self._countries) < 3)
            return opener if near or (home and home.party == opener.party) else None
        return home

    def _opener(self, start: int, end: int) -> PartyMention | None:
        """The country that a sentence opens with, as its subject or as "In <capital>, "."""
        text = self._article.text
        for mention in self.inside(start, min(end, start + _OPENING + _LONG_NAME))[:1]:
            before = text[start : mention.start].lower()
            if _ANOTHER.match(text, mention.end):
                return None
            if self._lexicon.parties[mention.party].kind != "country" or len(before) > _OPENING:
                return None
            if before.strip(" “\"'‘") in ("", "the", "but", "and", "a", "an"):
                return mention if '"' not in before and "“" not in before else None
            if before == "in " and mention.form == "capital" and text.startswith(",", mention.end):
                return mention
        return None

    @cached_property
    def _countries(self) -> Counter[str]:
        """How often each country is named outside quotation marks, its cities included."""
        quoted = quotation_spans(self._article.text)
        ends = [end for _, end in quoted]
        parties = self._lexicon.parties
        places = [(m.start, m.party) for m in self._mentions if parties[m.party].kind == "country"]
        places += [(at, country) for at, country in find_cities(self._article.text) if country in parties]
        count: Counter[str] = Counter()
        for start, country in places:
            at = bisect_right(ends, start)
            if not (at < len(quoted) and quoted[at][0] <= start):
                count[country] += 1
        return count

    @cached_property
    def home(self) -> PartyMention | None:
        """The country an article is about: that of its date-line, the only one it names, or one named (or
        whose cities are) far more often than any other."""
        first = self._dateline()
        if first is not None:
            return first
        ranked = self._countries.most_common(2)
        if not ranked or (len(ranked) > 1 and ranked[0][1] < _LEAD * ranked[1][1]):
            return None
        own = [m for m in self._mentions if m.party == ranked[0][0]]
        if not own:  # only its cities are named
            return PartyMention(0, 0, ranked[0][0], "name")
        # "In Russia, President Orlov met farmers": whose president he is, is not told.
        is_place = all(m.form == "name" and not self._lexicon.is_actor(self._article.text, m) for m in own)
        return None if is_place else own[0]

    def _dateline(self) -> PartyMention | None:
        """The country whose capital or city the date-line names."""
        line = _DATELINE.match(self._article.text)
        if line is None:
            return None
        first = self._mentions[0] if self._mentions else None
        if (
            first is not None
            and first.end <= line.end()
            and self._lexicon.parties[first.party].kind == "country"
        ):
            return first
        country = cities().get(line[1].title() if line[1].isupper() else line[1])
        return PartyMention(0, len(line[1]), country, "name") if country else None

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
