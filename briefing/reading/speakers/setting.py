"""Which country an article is about, and whose "the army" or "the minister" is where no country stands
beside it.

What follows from this is concluded, not told, and is shown as such.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache, cached_property

from briefing.reading.attribution.datelines import DATELINE
from briefing.reading.attribution.quotations import quotation_spans
from briefing.reading.parties import PartyLexicon, PartyMention
from briefing.reading.parties.rows import cities
from briefing.types import Article

_NEAR = 3  # sentences back
_PARAGRAPH = 2  # sentences back in the same paragraph, which its first subject holds together
_LONG_PARAGRAPH = 2000  # characters from the country that opens it
_FEW = 3  # mentions
_OPENING = 20  # characters before the country that opens a sentence
_LONG_NAME = 60
_FIRST_IN_TITLE, _IN_TITLE = 3, 1  # mentions that a headline is worth
_LEAD = 1.5  # how much more often than any other the article's own country is named
# Where bodies of many countries sit, and reports about none of these are sent from.
_SEATS = frozenset(
    ("The Hague", "Geneva", "Brussels", "Vienna", "New York", "United Nations", "Strasbourg", "Addis Ababa")
)
_BASED = re.compile(r"\w+-based")
_ANOTHER = re.compile(r",? (?:and|or) (?:the )?[A-Z]|, [A-Z]\w+ and ")


@cache
def _city_pattern() -> re.Pattern[str]:
    names = sorted(cities(), key=len, reverse=True)
    return re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, names))})(?![\w-])")


def find_cities(text: str) -> Iterator[tuple[int, str]]:
    """Where a text names a city that we list, and its country."""
    known = cities()
    return ((match.start(), known[match.group()]) for match in _city_pattern().finditer(text))


def _start(mention: PartyMention) -> int:
    return mention.start


class Setting:
    """The countries of one article."""

    def __init__(self, article: Article, mentions: Sequence[PartyMention], lexicon: PartyLexicon) -> None:
        self._article = article
        self._mentions = mentions
        self._lexicon = lexicon

    def inside(self, start: int, end: int) -> Sequence[PartyMention]:
        """The parties named inside [start, end), in order."""
        first, stop = (bisect_left(self._mentions, at, key=_start) for at in (start, end))
        return [m for m in self._mentions[first:stop] if m.end <= end]

    def before(self, start: int, most: int) -> Iterator[PartyMention]:
        """The `most` parties named nearest before `start`, the nearest first."""
        stop = bisect_left(self._mentions, start, key=_start)
        return reversed(self._mentions[max(0, stop - most) : stop])

    def country_near(self, start: int, reach: int = _NEAR) -> PartyMention | None:
        """Whose "the army" or "the minister" at `start` is, where the text names no country beside it.

        The country that opens the sentence ("Serbia denied …", "In Belgrade, …") or one of `reach` before it,
        as far as the article is about it or names no third; else the article's own.
        """
        together = self.paragraph_of(start)
        if together is not None:
            return together
        sentence = self._article.sentence_at(start)
        home = self.home
        for index in range(sentence.index - 1, max(-1, sentence.index - reach - 1), -1):
            bounds = self._article.sentences[index]
            opener = self._opener(bounds.start, bounds.end)
            if opener is None or (home is not None and opener.party != home.party):
                continue
            near = sentence.index - index == 1 and len(self._countries) < 3
            return opener if near or home is not None else None
        return home

    def paragraph_of(self, start: int) -> PartyMention | None:
        """The country that the paragraph at `start` is about: the last one that opened a sentence of it."""
        sentence = self._article.sentence_at(start)
        for index in range(sentence.index, max(-1, sentence.index - _PARAGRAPH - 1), -1):
            bounds = self._article.sentences[index]
            if start - bounds.start > _LONG_PARAGRAPH or "\n" in self._article.text[bounds.start : start]:
                return None
            opener = self._opener(bounds.start, min(start, bounds.end))
            if opener is not None:
                return opener
        return None

    def is_undecided(self, start: int) -> bool:
        """Whether a bare title at `start` may be of home or of a rival: the paragraph opens with no country,
        and the sentence before with another than home that the article names about as often."""
        index = self._article.sentence_at(start).index
        if not index or self.home is None or self.paragraph_of(start) is not None:
            return False
        bounds = self._article.sentences[index - 1]
        opener = self._opener(bounds.start, bounds.end)
        if opener is None or opener.party == self.home.party:
            return False
        return _LEAD * self._countries[opener.party] >= self._countries[self.home.party]

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
            if before == "in the " and mention.form == "demonym":  # "In the Mexican state of Sinaloa, …"
                return mention
        return None

    @cached_property
    def _places(self) -> Sequence[tuple[int, str]]:
        """Where a country or a city of one is named, and which country that is."""
        parties = self._lexicon.parties
        named = [(m.start, m.party) for m in self._mentions if parties[m.party].kind == "country"]
        return named + [
            (at, country) for at, country in find_cities(self._article.text) if country in parties
        ]

    @cached_property
    def _countries(self) -> Counter[str]:
        """How often each country is named outside quotation marks, its cities included."""
        quoted = quotation_spans(self._article.text)
        ends = [end for _, end in quoted]
        count: Counter[str] = Counter()
        for start, country in self._places:
            at = bisect_right(ends, start)
            if not (at < len(quoted) and quoted[at][0] <= start):
                count[country] += 1
        return count

    @cached_property
    def home(self) -> PartyMention | None:
        """The country an article is about: that of its date-line, the only one it names, or one named (or
        whose cities are) far more often than any other."""
        first = self._dateline()
        ranked = self._told.most_common(3)
        # A bureau abroad ("BANGKOK - Rebels in western Myanmar"): its country is not named again.
        if first is not None and not self._is_bureau(first):
            return first
        if not ranked:
            return None
        most = ranked[0][0]
        if len(ranked) > 1 and ranked[0][1] < _LEAD * ranked[1][1]:
            opening = self._in_opening()
            between_two = len(ranked) < 3 or 2 * ranked[2][1] < ranked[0][1]
            if not between_two or len(opening) != 1 or not opening <= {country for country, _ in ranked[:2]}:
                return None
            (most,) = opening
        own = [m for m in self._mentions if m.party == most]
        if not own:  # only its cities are named
            return PartyMention(0, 0, most, "name")
        # "In Russia, President Orlov met farmers": whose president he is, is not told.
        is_place = (
            len(own) < _FEW
            and most not in self._in_title
            and all(m.form == "name" and not self._lexicon.is_actor(self._article.text, m) for m in own)
        )
        return None if is_place else own[0]

    @cached_property
    def _in_title(self) -> tuple[str, ...]:
        """The countries that the headline names, in order."""
        parties = self._lexicon.parties
        named = [m.party for m in self._lexicon.find(self._article.title) if m.party in parties]
        return tuple(dict.fromkeys(party for party in named if parties[party].kind == "country"))

    @cached_property
    def _told(self) -> Counter[str]:
        """How plainly the article is about each country: how often it names it, and whether the headline
        does."""
        told = Counter(self._countries)
        for rank, country in enumerate(self._in_title):
            if country in told:
                told[country] += _FIRST_IN_TITLE if rank == 0 else _IN_TITLE
        return told

    def _is_bureau(self, dateline: PartyMention) -> bool:
        """Whether a report is sent from one country about another: "BANGKOK - Rebels in western Myanmar"."""
        text = self._article.text
        behind = [
            at
            for at, country in self._places
            if country == dateline.party and at >= dateline.end and not _BASED.match(text, at)
        ]
        others = self._in_opening() - {dateline.party}
        seat = self._line is not None and self._line[1].title() in _SEATS
        return not behind and (seat or len(others) == 1)

    def _in_opening(self) -> set[str]:
        """The countries that the first sentence names, or whose cities it names."""
        end = self._article.sentences[0].end if self._article.sentences else 0
        return {country for at, country in self._places if at < end}

    @cached_property
    def _line(self) -> re.Match[str] | None:
        return DATELINE.match(self._article.text)

    def _dateline(self) -> PartyMention | None:
        """The country whose capital or city the date-line names."""
        line = self._line
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
