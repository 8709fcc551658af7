"""Which body a text points back at: "its" spokesman, "the group", "the army's" commander.

The nearest party that acts is taken, from a short way back only; a country that is a place is no body.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise

from briefing.reading.attribution.reporting import find_verb
from briefing.reading.parties import PartyLexicon, PartyMention
from briefing.reading.persons import MODIFIERS, ROLES, words_after
from briefing.reading.speakers.offices import ANONYMOUS, STATE_NOUNS
from briefing.reading.speakers.setting import Setting
from briefing.types import Article

_NEAREST = 50  # parties named before; farther back, "the ministry" is another one
_NEAR = 3  # sentences, for "the group", "the company", "the alliance"
_STATE_REACH = 6  # for "the army", "the police"
_LONG_SENTENCE = 600  # characters of a sentence that are looked through
_OF_COUNTRIES = frozenset(
    "government regime army military ministry minister president parliament state police navy".split()
)
_ARMED = ("armed group", "opposition", "organisation")
# The kinds of party that a noun may point back at.
_KINDS: Mapping[str, tuple[str, ...]] = {
    **dict.fromkeys(("group", "movement", "organisation", "organization", "faction", "militia"), _ARMED),
    **dict.fromkeys(
        "militants rebels insurgents jihadists fighters guerrillas paramilitaries separatists".split(),
        ("armed group", "opposition"),
    ),
    **dict.fromkeys(("alliance", "bloc", "pact"), ("alliance",)),
    **dict.fromkeys(("agency",), ("un body",)),
    **dict.fromkeys(("mission", "force", "peacekeepers"), ("un body", "alliance")),
    **dict.fromkeys(("company", "firm", "operator", "airline", "miner", "owner"), ("organisation",)),
}
# Nouns that a body's own name holds: "the union" is a union.
_NAMED = frozenset(
    "union party council committee association federation bank commission authority coalition front court "
    "mission observatory monitor network league congress campaign board tribunal brotherhood".split()
)
BODY_NOUNS = frozenset(_KINDS) | _NAMED
_FIRMS = frozenset("company firm operator airline miner owner".split())
_LEAGUES = frozenset("union association federation guild brotherhood society".split())
_ORGANISED = frozenset("union party association company firm group movement network charity".split())
# What a country has one of: "the army" is that of the country that acts nearby.
ONE_OF_A_COUNTRY = frozenset(
    """government army military navy police ministry parliament presidency guard authorities cabinet junta
    staff president premier minister king sultan emir queen chancellor prosecutors prosecutor court governor
    judge treasury regime command chiefs regulator department customs assembly prosecution""".split()
)
STATE_OR_ONE = STATE_NOUNS | ONE_OF_A_COUNTRY
_OF_AN_OFFICE = ROLES | MODIFIERS | STATE_NOUNS | ANONYMOUS
_WHERE_IT_HAPPENS = frozenset(
    "police court prosecutor prosecutors prosecution judge governor customs".split()
)
_COMMON = re.compile(
    rf"\b[Tt]he (?:[\w-]+ ){{0,2}}({'|'.join(sorted(BODY_NOUNS | ONE_OF_A_COUNTRY))})\b(?! (?:of|for)\b)"
)


class Bodies:
    """The parties of one article, in order, as things that words point back at: made once an article, and
    shared by all who look for its people and speakers."""

    def __init__(self, article: Article, mentions: Sequence[PartyMention], lexicon: PartyLexicon) -> None:
        self.article = article
        self.mentions = mentions
        self.lexicon = lexicon
        self.setting = Setting(article, mentions, lexicon)
        self.inside = self.setting.inside

    def subject_before(self, start: int) -> PartyMention | None:
        """What "its" and "their" at `start` go back to: the first party that acts in the sentence, else in
        the one before; None where neither names one."""
        sentence = self.article.sentence_at(start)
        found = self._subject(sentence.start, start)
        if found is None and sentence.index:
            before = self.article.sentences[sentence.index - 1]
            found = self._subject(before.start, before.end)
        return found

    def _subject(self, start: int, end: int) -> PartyMention | None:
        """The party that speaks in [start, end), else the only one that acts, named or as "the company"."""
        start = max(start, end - _LONG_SENTENCE)
        named = self.inside(start, end)
        owners = {a.start for a, b in pairwise(named) if self.article.text[a.end : b.start] in ("'s ", "’s ")}
        acting = [m for m in named if self._acts(m) and m.start not in owners]
        places = [(m.start, m.end, m) for m in acting]
        for match in _COMMON.finditer(self.article.text, start, end):
            meant = self.of_noun(match[1].lower(), match.start())
            if meant is not None:
                places.append((match.start(), match.end(), meant))
        places.sort(key=lambda place: place[:2])
        for _, stop, mention in places:
            if find_verb(self.article.text[stop : stop + 30].split(",")[0]) is not None:
                return mention
        return places[0][2] if len({m.party for _, _, m in places}) == 1 else None

    def _acts(self, mention: PartyMention) -> bool:
        if mention.form == "demonym":
            return False
        return self.lexicon.is_actor(self.article.text, mention)

    def of_noun(self, noun: str, start: int) -> PartyMention | None:
        """What "the `noun`" at `start` goes back to, or None."""
        if noun in STATE_OR_ONE:
            return self._of_state(noun, start)
        if noun not in BODY_NOUNS:
            return None
        here = self.article.sentence_at(start).index
        kinds = _KINDS.get(noun, ())
        for mention in self.setting.before(start, _NEAREST):
            if here - self.article.sentence_at(mention.start).index > _NEAR and noun not in _NAMED:
                return None
            written = self.article.text[mention.start : mention.end].lower().split()
            other = noun in _LEAGUES and self.lexicon.parties[mention.party].kind != "organisation"
            if noun in _NAMED and not other and noun in [*written, *mention.party.lower().split()]:
                return mention
            if self.lexicon.parties[mention.party].kind in kinds and mention.form != "demonym":
                if noun in _FIRMS and _NAMED & set(mention.party.lower().split()):
                    continue  # a party is no company
                return mention
        only = self._only_organisation(noun) if noun in _ORGANISED else None
        return only if only is not None and only.start < start else None

    def _only_organisation(self, noun: str) -> PartyMention | None:
        """The one organisation of that sort that the article names, or None: no company is "the union"."""
        found = [
            m
            for m in self.mentions
            if self.lexicon.parties[m.party].kind == "organisation"
            and (noun not in _LEAGUES or _LEAGUES & set(m.party.lower().split()))
        ]
        return found[0] if len({m.party for m in found}) == 1 else None

    def _of_state(self, noun: str, start: int) -> PartyMention | None:
        for mention in self.setting.before(start, _NEAREST):
            if noun in _OF_COUNTRIES and self.lexicon.parties[mention.party].kind != "country":
                continue
            if self.bears(mention, noun, start):
                # "Russia offered help. A foreign ministry spokesman said …": Iran's was quoted before.
                near = self.setting.paragraph_of(start)
                apart = near is not None and mention.end < near.start and near.party != mention.party
                return near if apart else mention
        if noun not in ONE_OF_A_COUNTRY:
            return None
        # Whoever it is about: the police and the courts that act are those of the country where it happens.
        if noun in _WHERE_IT_HAPPENS and self.setting.home is not None:
            return self.setting.home
        return self.setting.country_near(start, _STATE_REACH)

    def bears(self, mention: PartyMention, noun: str, start: int) -> bool:
        """Whether a party is written with `noun` ("the Syrian army"); else "the army" is only concluded
        its."""
        stem = noun.rstrip("s")[:6]
        return any(word.startswith(stem) for word in self._own_words(mention, start))

    def _own_words(self, mention: PartyMention, before: int) -> list[str]:
        """A party as written, and the words of office right behind it: "iran", "foreign", "minister"."""
        own = self.article.text[mention.start : mention.end].lower().split()
        for match in words_after(self.article.text, mention.end, 5):
            word = match.group().lower()
            if word == "s":  # of "Iran's"
                continue
            if match.end() > before or word not in _OF_AN_OFFICE:
                break
            own.append(word)
        return own
