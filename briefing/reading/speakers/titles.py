"""Holders of an office that names no country: "Interior Minister Ivo Lang", "the minister, Ivo Lang", "Ivo
Lang, the trade commissioner". Whose they are is concluded from where the title stands, and shown as such.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence

from briefing.reading.parties import PartyMention
from briefing.reading.persons import MODIFIERS, PARTED, ROLES, Person, name_after, name_at_end, words_after
from briefing.reading.speakers.bodies import Bodies

_ONE_A_COUNTRY = frozenset("president premier minister chancellor ambassador commissioner".split())
_NEXT = re.compile(r",? (?=[A-ZÀ-Þ])")
_ONE_HOLDER = frozenset("president chancellor".split())
_TITLE = r"(?:[A-Z][a-z]+ (?:and )?){0,3}(?:Vice-|Deputy |Prime )?"
_PORTFOLIO = (
    "Commerce|Treasury|Defen[cs]e|Energy|Interior|Labou?r|Home|Foreign|Homeland Security|Health|Education|"
    "Transport|Transportation|Agriculture|Justice|Finance|Trade|Business|Environment|Culture"
)
_BEFORE = (
    "President|Premier|Minister|Chancellor|Ambassador|[Gg]overnor|Gov\\.|[Pp]rosecutor|[Mm]agistrate|[Jj]udge|"
    f"Sheriff|[Ss]tate attorney|[Cc]hief [Jj]ustice|(?:{_PORTFOLIO}) Secretary|Attorney[ -]General|"
    "Advocate[ -]General|High Commissioner"
)
_HELD = (
    r"(?:(?:vice-)?(?:president|premier|minister|chancellor|ambassador|commissioner)|"
    r"(?:foreign|home|transport|defen[cs]e|health|education|business|energy|interior|trade) secretary|"
    r"(?:[a-z]+ )?prosecutor|governor|attorney general)"
)
_APART = (
    rf"{_HELD}|Minister|Commissioner for [A-Z][A-Za-z ]+|"
    r"(?:mayor|governor|prefect)(?: of [A-Z][\w ]{2,30})?"
)
_OFFICE = re.compile(
    rf"\b(?P<office>{_TITLE}(?P<before>{_BEFORE}))\s+(?=[A-ZÀ-Þ])|"
    rf"\b[Tt]he (?:(?!former|ex|late)[a-z]+ ){{0,2}}(?P<apart>{_APART}), (?=[A-ZÀ-Þ])|"
    rf"(?P<name>(?:[A-ZÀ-Þ][\w’'\-]+ ){{1,3}}[A-ZÀ-Þ]?[\w’'\-]*), (?:the|an?) "
    rf"(?:(?!former|ex|late|wife|son)[a-z]+ ){{0,2}}(?P<after>{_HELD})\b(?! (?:to|of the [A-Z]|of [A-Z]))"
)


def conclude_offices(bodies: Bodies, known: Mapping[str, Person]) -> list[Person]:
    """ "Interior Minister Ivo Lang", "the minister, Ivo Lang", "Ivo Lang, the trade commissioner": the one
    side that the article gives this office elsewhere (0.7), else the country that acts right before it
    (0.6)."""
    text = bodies.article.text
    elsewhere = _offices(text, bodies.mentions)
    ends = {m.end for m in bodies.mentions}
    taken = {(role, p.party) for p in known.values() for role in p.roles & _ONE_HOLDER}
    found: dict[str, Person] = {}
    for match in _office_matches(text, bodies):
        office = (match["office"] or match["after"] or match["apart"]).lower().partition(" for ")[0]
        role = re.split(r"[- ]", office.partition(" of ")[0])[-1].replace("gov.", "governor")
        if has_party_before(text, match.start("office" if match["before"] else 0), ends):
            continue
        behind = name_after(text, match.end())
        name = name_at_end(match["name"]) if match["after"] else behind
        if not name or name.split()[-1] in known or name in found:
            continue
        # "Later Trade Minister": a word that opens the sentence is no part of the title.
        plain = " ".join(w for w in office.split() if w in MODIFIERS | ROLES)
        title = plain if match["before"] or match["apart"] else match["after"]
        sides = {side for side in elsewhere.get(title.lower(), set()) if (role, side) not in taken}
        here = bodies.setting.paragraph_of(match.start())
        if here is not None and here.party not in sides:
            sides = set()
        near = _side_near(bodies, role, match) if len(sides) != 1 else None
        if len(sides) == 1:
            found[name] = Person(name, min(sides), None, f"the article's one {role}", 0.7, frozenset((role,)))
        elif near is not None and (role, near.party) not in taken:
            rule = f"{role} without a country; the one that acts before it"
            found[name] = Person(name, near.party, None, rule, 0.6, frozenset((role,)))
    return list(found.values())


def _office_matches(text: str, bodies: Bodies) -> Iterator[re.Match[str]]:
    """The offices in `text`; "Belgrade, the finance minister" names no person, and is looked at again."""
    at = 0
    while (match := _OFFICE.search(text, at)) is not None:
        place = match["after"] and bodies.inside(match.start("name"), match.end("name"))
        at = match.end("name") if place else match.end()
        if not place:
            yield match


def _side_near(bodies: Bodies, role: str, match: re.Match[str]) -> PartyMention | None:
    """Countries have ministers; a commissioner is an alliance's."""
    if role == "commissioner":
        return bodies.of_noun("alliance", match.start()) or bodies.setting.home
    undecided = bodies.setting.is_undecided(match.start())
    return None if undecided else bodies.setting.country_near(match.start())


def has_party_before(text: str, start: int, ends: Collection[int]) -> bool:
    """Whether one of the parties that end at `ends` stands right before: "Russia's | Foreign Minister"."""
    before = start
    while before and text[before - 1] in " ’'s":
        before -= 1
    # The name's own last letter may be an s: "United States | President".
    return before in ends or start - 1 in ends


def _offices(text: str, mentions: Sequence[PartyMention]) -> dict[str, set[str]]:
    """The parties that the article names an office of without its holder: "the British trade minister" gives
    trade minister: Britain."""
    found: dict[str, set[str]] = {}
    for mention in mentions:
        title: list[str] = []
        end = mention.end
        for match in words_after(text, mention.end, 6):
            if PARTED.search(text, end, match.start()):
                break
            end = match.end()
            word = match.group().lower()
            held = _NEXT.match(text, match.end()) and name_after(text, match.end())
            if word in _ONE_A_COUNTRY and not held:
                found.setdefault(" ".join([*title, word]), set()).add(mention.party)
            if word not in MODIFIERS and word != "s":
                break
            title += [word] if word != "s" else []
    return found
