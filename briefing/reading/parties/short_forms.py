"""Short forms of names that a text gave in full: initials ("RSF"), and the noun alone ("the Observatory")."""

from __future__ import annotations

import re
from collections.abc import Sequence

from briefing.reading.parties.lexicon import PartyLexicon, PartyMention

_WORD = re.compile(r"[^\W\d_][\w’'\-]*")
_INITIALS = re.compile(r"(?<![\w.])[A-Z]{3,8}(?![\w])|(?<= \()[A-Z]{2,9}(?=\))")
_NOUN = re.compile(
    r"(?<![\w-])(Observatory|Council|Commission|Committee|Network|Union|League|Federation|Association|Coalition|"
    r"Front|Movement|Authority|Organi[sz]ation|Foundation|Joint Chiefs)(?!\w)"
)
_CAPITALISED = re.compile(r"(?<![\w.-])[A-ZÀ-Þ][^\W_]{3,}(?![\w-])(?! [A-ZÀ-Þ])")
_SMALL = frozenset("of and for the in to".split())
_MOST = 400  # names of one text; a list of ten thousand is no article


def short_forms(text: str, mentions: Sequence[PartyMention], lexicon: PartyLexicon) -> list[PartyMention]:
    """Mentions in a short form behind the first full one. Countries have none but those we list."""
    by_initials: dict[str, PartyMention] = {}
    by_noun: dict[str, PartyMention | None] = {}
    by_first: dict[str, PartyMention] = {}
    for mention in mentions[:_MOST]:
        words = _WORD.findall(text[mention.start : mention.end])
        named = lexicon.parties[mention.party].kind != "country" or mention.form == "institution"
        if len(words) < 2 or not named:
            continue
        if mention.form == "group" and mention.party not in lexicon.listed and len(words[0]) > 3:
            by_first.setdefault(words[0], mention)  # "Northway" of "Northway Rail"
        by_initials.setdefault("".join(w[0] for w in words if w.lower() not in _SMALL).upper(), mention)
        for match in _NOUN.finditer(text, mention.start, mention.end):
            old = by_noun.setdefault(match[1], mention)
            if old is not None and old.party != mention.party:
                by_noun[match[1]] = None  # two councils: "the Council" may be either
    known = [(m.start, m.end) for m in mentions]
    found = _places(text, _INITIALS, by_initials, known)
    found += _places(text, _NOUN, {k: v for k, v in by_noun.items() if v}, known)
    return found + _places(text, _CAPITALISED, by_first, sorted([*known, *((m.start, m.end) for m in found)]))


def _places(
    text: str,
    pattern: re.Pattern[str],
    full: dict[str, PartyMention],
    known: Sequence[tuple[int, int]],
) -> list[PartyMention]:
    found = []
    at = 0
    for match in pattern.finditer(text) if full else ():
        while at < len(known) and known[at][1] <= match.start():
            at += 1
        free = at == len(known) or known[at][0] >= match.end()
        name = full.get(match.group())
        if free and name is not None and name.start < match.start():
            found.append(PartyMention(*match.span(), name.party, "group", name.affiliation))
    return found
