"""Which sides a text names: countries, demonyms, capitals, institutions, armed groups and oppositions.

Word lists and rules only. A word becomes a mention when it matches whole words of a row, longest first,
left to right. Nothing is guessed: "militants" or "terrorists" stay nobody's.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from copy import copy
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from pathlib import Path
from types import MappingProxyType

from briefing.errors import InputError
from briefing.reading.parties.context import drop_persons, is_actor, setting
from briefing.reading.parties.index import ALSO_WORDS, WORD, Bucket, build_index, longest
from briefing.reading.parties.phrases import (
    OPPOSITION_WORDS,
    body_end,
    is_somebody_elses,
    joins,
    names_office,
    opposition_at,
)
from briefing.reading.parties.rows import Alias, Form, Rows, read_rows
from briefing.types import Party


@dataclass(frozen=True)
class PartyMention:
    """A party named at [start, end). `form` is how; `affiliation` the body that speaks for the party."""

    start: int
    end: int
    party: str
    form: Form
    affiliation: str | None = None


class PartyLexicon:
    """The parties we know and how a text writes them. Build it with `load_lexicon`."""

    def __init__(self, rows: Rows) -> None:
        self.parties: Mapping[str, Party] = MappingProxyType(rows.parties())
        self.listed = frozenset(self.parties)  # those that no text had to name first
        self.people: Mapping[str, str] = MappingProxyType(dict(rows.people))
        self._rows = rows
        self._aliases = tuple(rows.aliases())
        self._entries = build_index(self._aliases, lower=False)
        self._unless = {
            name: re.compile(rf"\b(?:{'|'.join(map(re.escape, row['unless']))})\b")
            for name, row in rows.rows.items()
            if row.get("unless")
        }

    @cached_property
    def _lower_entries(self) -> dict[str, Bucket]:
        return build_index(self._aliases, lower=True)

    def find(self, text: str, context_country: str | None = None) -> list[PartyMention]:
        """Every mention in order, none overlapping; a possessive 's stays outside.

        A text without any capital letter (a typed question) is matched without regard to case.
        "The rebels" and "the opposition" belong to the country in their own phrase, else to
        `context_country`, else to the country that the text is set in; else they are left out.
        """
        mentions = drop_persons(text, self._scan(text), self._rows.first_names, self._unless)
        if context_country is None and any(not m.party for m in mentions):
            context_country = setting(text, mentions, self.parties)
        found = []
        for mention in mentions:
            party = mention.party or self._opposition(context_country, text[mention.start : mention.end])
            if party:
                found.append(mention if mention.party else replace(mention, party=party))
        return found

    def with_parties(self, parties: Iterable[Party]) -> PartyLexicon:
        """This lexicon for one text that names `parties` besides; how names are found stays as it is."""
        wider = copy(self)
        wider.parties = MappingProxyType({**self.parties, **{party.name: party for party in parties}})
        return wider

    def resolve(self, name: str) -> str | None:
        """The party that the whole of `name` stands for: "the US", "moscow", "Russian army"; else None."""
        mention = self._whole(name)
        return mention.party if mention else None

    def affiliation(self, name: str) -> str | None:
        """The body within its party that `name` stands for: "White House", "Defence Ministry"; else None."""
        mention = self._whole(name)
        return mention.affiliation if mention else None

    def is_actor(self, text: str, mention: PartyMention) -> bool:
        """False where a country or capital is a place: after "in", in a date-line, in an address."""
        return is_actor(text, mention, self.parties)

    def display_government(self, country: str) -> str:
        """How to write a country as one that acts: "Syrian government". Without an adjective, its name."""
        demonyms = self._rows.rows.get(country, {}).get("demonyms")
        return f"{demonyms[0]} government" if demonyms else country

    def _opposition(self, country: str | None, words: str) -> str:
        """The party that words for an opposition mean in `country`, or ""."""
        row = self._rows.rows.get(country or "", {})
        if "rebels" in row and "opposition" not in words.lower():
            return row["rebels"] or ""
        return f"{row['demonyms'][0]} opposition" if row.get("demonyms") else ""

    def _whole(self, name: str) -> PartyMention | None:
        name = re.sub(r"['’]s?$", "", name.strip(' \t\n"“”'))
        bare = re.sub(r"^the\s+", "", name, flags=re.IGNORECASE)
        lower = f"the {bare.lower()}" if len(bare) < len(name) else bare.lower()
        upper = bare.upper() if bare.lower() not in ALSO_WORDS else bare
        for text in (name, bare, lower, upper):
            for mention in self._scan(text)[:1]:
                ends = mention.end == len(text) or names_office(text, mention.end)
                if mention.party and ends and mention.start in (0, len(text) - len(bare)):
                    return mention
        return None

    def _scan(self, text: str) -> list[PartyMention]:
        """All mentions; those of an opposition whose country is not told in the phrase have no party."""
        lower = text == text.lower()
        entries = self._lower_entries if lower else self._entries
        bare = not lower and "'" not in text and "’" not in text
        mentions: list[PartyMention] = []
        resume = 0
        for match in WORD.finditer(text):
            word = match.group()
            if match.start() < resume:
                continue
            if word in entries:
                hit = longest(text, match, entries[word], lower)
                if hit is not None:
                    alias, resume = hit
                    if alias.party and not is_somebody_elses(text, match.start(), resume):
                        resume = self._keep(text, mentions, match.start(), resume, alias)
                    continue
            if bare and word not in entries and (name := _without_s(word, entries)) is not None:
                resume = self._keep(text, mentions, match.start(), match.end(), name)
            if word in OPPOSITION_WORDS:
                resume = self._keep_opposition(text, mentions, match.start()) or resume
        return mentions

    def _keep(self, text: str, mentions: list[PartyMention], start: int, end: int, alias: Alias) -> int:
        """Adds a mention, with the body that follows a country, or joins it to the one before it."""
        form, affiliation = alias.form, alias.affiliation
        last = mentions[-1] if mentions else None
        if form in ("name", "demonym", "capital") and self.parties[alias.party].kind == "country":
            if (body := body_end(text, end, form == "capital")) is not None:
                (end, affiliation), form = body, "institution"
        elif (
            form == "institution"
            and last is not None
            and last.party == alias.party
            and last.form in ("name", "demonym")
            and text[last.end : start] in (" ", "'s ", "’s ")
        ):
            start = mentions.pop().start
        mentions.append(PartyMention(start, end, alias.party, form, affiliation))
        return end

    def _keep_opposition(self, text: str, mentions: list[PartyMention], start: int) -> int | None:
        """Adds words for an opposition; with a demonym or a possessive before them they have a party."""
        last = mentions[-1] if mentions else None
        joined = last is not None and last.form in ("name", "demonym") and joins(text, last.end, start)
        end = opposition_at(text, start, joined)
        if end is None:
            return None
        party = ""
        # "Syria rebels" in a headline tells no more than "rebels"; tags such as "Russia Rebels" even less.
        if joined and last is not None and (last.form == "demonym" or text[last.end] in "'’"):
            party = self._opposition(last.party, text[start:end])
            if not party:
                return end
            start = mentions.pop().start
        mentions.append(PartyMention(start, end, party, "generic"))
        return end


def _without_s(word: str, entries: Mapping[str, Bucket]) -> Alias | None:
    """The country of "Russias" in a text that lost its apostrophes."""
    bucket = entries.get(word[:-1]) if word.endswith("s") and word[0].isupper() else None
    entry = bucket.alone if bucket else None
    if entry is None or entry.alias.form == "demonym" or not entry.alias.party:
        return None
    acronym = word[:-1].isupper() and len(word) > 2
    return entry.alias if acronym or len(word) > 4 else None


def load_lexicon(extra: Path | None = None) -> PartyLexicon:
    """Our parties, and those of the user's file `extra` on top; read once for each state of that file.

    Raises InputError with file, place and mend when `extra` cannot be used.
    """
    if extra is None:
        return _load(None, 0, 0)
    try:
        state = extra.stat()
    except OSError as error:
        raise InputError(f"parties file {extra} cannot be read ({error.strerror}); check the path") from None
    return _load(extra, state.st_mtime_ns, state.st_size)


@lru_cache(maxsize=8)
def _load(extra: Path | None, _changed: int, _size: int) -> PartyLexicon:
    return PartyLexicon(read_rows(extra))
