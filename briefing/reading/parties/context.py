"""What the words around a name tell: a person called Jordan, a city as a place, where a text is set."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING

from briefing.reading.parties.phrases import OPENERS
from briefing.types import Party

if TYPE_CHECKING:
    from briefing.reading.parties.lexicon import PartyMention

_REGION = (
    r"(?:(?:(?:north|south|east|west|north-?east|north-?west|south-?east|south-?west)(?:ern)?|central|war-torn|"
    r"rural|neighbou?ring|nearby|downtown|greater|upper|lower|mainland) )"
)
_PLACE_BEFORE = re.compile(
    rf"(?:\b(?:in|at|from|to|near|of|over|into|outside|around|across|throughout|inside|within|via|through|"
    rf"towards?|onto|beyond|visit(?:s|ed|ing)?|enter(?:s|ed|ing)?|le(?:ft|aving)|reach(?:ed)?) "
    rf"(?:the )?{_REGION}{{0,2}}|\b{_REGION})$",
    re.IGNORECASE,
)
_PLACE_AFTER = re.compile(
    r"[ ](?:suburbs?|countryside|provinces?|governorate|district|region|airport|airbase|bureau|city|street|"
    r"hotel|hospital|time|based|talks|agreements?|accords?|process|protocol|summit|conference|convention)\b"
    r"|[-\u2010\u2011]|, (?:D\.C\.|DC\b)",
    re.IGNORECASE,
)
# "MOSCOW (Reuters) -", "DAMASCUS, Syria —", "BEIRUT, Oct 1 (AFP) –" at the start of a paragraph.
_DATELINE = re.compile(
    r"\s*[^\W\d_][\w.'’/-]*(?: [^\W\d_][\w.'’/-]*){0,3}(?:, ?[\w.'’ ]{1,25}){0,2} ?"
    r"(?:\([^()\n]{2,40}\) ?(?:--?|–|—|:)?|(?:--|–|—|-)(?=\s))"
)
_AGENCY = re.compile(r" \([A-Z][\w.,/ -]{1,30}\)")
_ADDRESS_BEFORE = re.compile(r"([^\W\d_]+), $")
_ADDRESS_AFTER = re.compile(r", ([^\W\d_]+(?: [A-Z][^\W\d_]+)?)")
_SETTING_BEFORE = re.compile(
    rf"\b(?:in|inside|into|across|throughout|within) (?:the )?{_REGION}{{0,2}}$", re.IGNORECASE
)
_SETTING_AFTER = re.compile(
    r"[ ](?:(?:civil|central|northern|southern|eastern|western|border) )?"
    r"(?:provinces?|city|cities|towns?|villages?|war|conflict|crisis|territory|soil|capital|"
    r"refugees|civilians|uprising|revolution|rebels?|opposition)\b",
    re.IGNORECASE,
)
_OFTEN = 3  # mentions
_NEXT_NAME = re.compile(r" ([A-ZÀ-Þ][^\W\d_]+)")
_WORD_BEFORE = re.compile(r"([^\W\d_]\.|[^\W\d_]+) $")
# Words with a capital that may follow a country's name without making it a person's.
_OFFICES = frozenset(
    """president prime minister pm king queen prince crown foreign defence defense interior finance army
    police government air navy parliament ambassador envoy ministry mission security national state supreme
    military armed forces border premier chancellor deputy vice under special royal central federal""".split()
)


def is_actor(text: str, mention: PartyMention, parties: Mapping[str, Party]) -> bool:
    """Whether a country or capital acts here; every other form always does."""
    if mention.form not in ("name", "capital") or parties[mention.party].kind not in ("country", "alliance"):
        return True
    if parties[mention.party].kind == "alliance" and mention.form == "name":
        return True
    start, end = mention.start, mention.end
    if _PLACE_BEFORE.search(text, max(0, start - 50), start) or _PLACE_AFTER.match(text, end):
        return False
    return not (_in_dateline(text, start, end) or _in_address(text, mention, parties))


def _in_dateline(text: str, start: int, end: int) -> bool:
    near = max(0, start - 60)
    paragraph = text.rfind("\n", near, start) + 1
    if paragraph or near == 0:
        match = _DATELINE.match(text, paragraph, paragraph + 120)
        if match and end <= match.end():
            return True
    return text[start:end].isupper() and end - start > 3 and _AGENCY.match(text, end) is not None


def _in_address(text: str, mention: PartyMention, parties: Mapping[str, Party]) -> bool:
    """ "Aleppo, Syria", "Moscow, Russia"; but "Turkey, Russia and Iran agreed" is a list of actors."""
    known = {mention.party, *parties[mention.party].aliases}
    if mention.form == "capital":
        after = _ADDRESS_AFTER.match(text, mention.end)
        return after is not None and after[1] in known
    before = _ADDRESS_BEFORE.search(text, max(0, mention.start - 30), mention.start)
    if before is None or not before[1][0].isupper():
        return False
    return before[1] not in parties and not before[1].isupper() and not _is_list(text, mention.end)


def _is_list(text: str, end: int) -> bool:
    """Whether a list goes on after `end`: "Egypt, Jordan and Qatar"."""
    return re.match(r",? (?:and|or) [A-Z]|, [A-Z][^\W\d_]+(?:,| and )", text[end : end + 30]) is not None


def drop_persons(
    text: str,
    mentions: Sequence[PartyMention],
    first_names: Collection[str],
    unless: Mapping[str, re.Pattern[str]],
) -> list[PartyMention]:
    """Leaves out what is a person or another place here: "Jordan Spieth"; where "Jim Jordan" occurs, every
    "Jordan"; and a country's name in a text with words that mean its namesake (`unless`)."""
    kept: list[PartyMention] = []
    dropped = {p for p in {m.party for m in mentions} & set(unless) if unless[p].search(text)}
    surnames: set[str] = set()
    for mention in mentions:
        name = text[mention.start : mention.end]
        if mention.form == "name" and mention.party in dropped:
            continue
        if mention.form in ("name", "capital", "demonym") and name.lower() in first_names:
            if _is_surname(text, mention.start):
                surnames.add(name if mention.form != "capital" else "")
                continue
            if mention.form != "demonym" and _is_first_name(text, mention.end):
                continue
        kept.append(mention)
    return [m for m in kept if m.form == "capital" or text[m.start : m.end] not in surnames]


def _is_surname(text: str, start: int) -> bool:
    before = _WORD_BEFORE.search(text, max(0, start - 25), start)
    if before is None or not before[1][0].isupper() or before[1].isupper():
        return False
    word = before[1].rstrip(".").lower()
    return word not in OPENERS and word not in _OFFICES and not _is_title_case(text, start)


def _is_first_name(text: str, end: int) -> bool:
    after = _NEXT_NAME.match(text, end)
    if after is None or after[1].lower() in _OFFICES or after[1].lower() in OPENERS:
        return False
    # In a headline the next word may be its verb: "Jordan Closes Border".
    return not (after[1].endswith("s") and _is_title_case(text, end))


def _is_title_case(text: str, at: int) -> bool:
    """Whether most long words around `at` in its line begin with a capital, as in a headline."""
    first = max(0, at - 80)
    first = max(first, text.rfind("\n", first, at) + 1)
    words = re.findall(r"[^\W\d_]{4,}", text[first : at + 80].split("\n", 1)[0])
    return len(words) > 3 and sum(w[0].isupper() for w in words) > 0.7 * len(words)


def setting(text: str, mentions: Sequence[PartyMention], parties: Mapping[str, Party]) -> str | None:
    """The country that a text is set in, or None where that is not plain.

    Countries named as a place count twice for each such place and once for each mention; the first must
    lead the second by half, and in places too, and be no passing mention beside one that is named far more.
    Where no place is told, it is the country named far more often than any other.
    """
    places: Counter[str] = Counter()
    named: Counter[str] = Counter()
    for mention in mentions:
        if not mention.party or parties[mention.party].kind != "country":
            continue
        named[mention.party] += 1
        places[mention.party] += _is_place(text, mention)
    scores = Counter({country: 2 * count + named[country] for country, count in places.items() if count})
    if not scores:
        ranked = named.most_common(2)
        alone = (
            bool(ranked) and ranked[0][1] >= _OFTEN and (len(ranked) < 2 or ranked[0][1] > 2 * ranked[1][1])
        )
        return ranked[0][0] if alone else None
    (most, score), *rest = scores.most_common(2)
    clear = all(score >= 1.5 * other and places[most] > places[second] for second, other in rest)
    prominent = len(named) == 1 or (named[most] > 1 and 2 * named[most] >= max(named.values()))
    # Sent from another country that the report is about as well, it may be set in either.
    first = next((m for m in mentions if m.party), None)
    home = first.party if first and _in_dateline(text, first.start, first.end) else most
    either = home != most and named[home] > 1
    return most if clear and prominent and not either else None


def _is_place(text: str, mention: PartyMention) -> bool:
    """Whether a mention says where something happens: "in Syria", "Syrian towns"."""
    if mention.form == "demonym":
        return _SETTING_AFTER.match(text, mention.end) is not None
    near = max(0, mention.start - 40)
    return mention.form == "name" and _SETTING_BEFORE.search(text, near, mention.start) is not None
