"""Weaker ties between a person and a side, concluded from the article as a whole.

Each is shown with its rule and a confidence of 0.55 to 0.6; none overrides what the text says outright.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from briefing.reading.parties import PartyLexicon, PartyMention
from briefing.reading.persons import (
    MODIFIERS,
    PARTED,
    WORD,
    Person,
    name_after,
    name_at_end,
    take_name,
    words_after,
)
from briefing.reading.speakers.bodies import Bodies
from briefing.types import Article

_OWN_COUNTRY = re.compile(r"\b(?:his|her) (?:own )?(?:country|government|nation)(?:['’]s)?\b")
# What only the holder of a stance reports of it: "the US would have “grave concerns” …, Kerry said".
_STANCE = re.compile(
    r"\b(?:would|will|does|do|has|have|is|are|was|were|remains?)\s+(?:also |not |still |fully |very )?"
    r"(?:have |be |remain )?[“\"‘']?(?:\w+ )?"
    r"(?:concern(?:s|ed)?|ready|prepared|willing|determined|committed|regret(?:s|ted)?|grateful|"
    r"reserve(?:s|d)? the right|welcome[sd]?|condemn(?:s|ed)?|reject(?:s|ed)?|doubts?)\b"
)


_ONE_A_COUNTRY = frozenset("president premier minister chancellor ambassador commissioner".split())
_NEXT = re.compile(r",? (?=[A-ZÀ-Þ])")
_ONE_HOLDER = frozenset("president chancellor".split())
_TITLE = r"(?:[A-Z][a-z]+ (?:and )?){0,3}(?:Vice-|Deputy |Prime )?"
_PORTFOLIO = (
    "Commerce|Treasury|Defen[cs]e|Energy|Interior|Labou?r|Home|Foreign|Homeland Security|Health|Education|Transport|"
    "Transportation|Agriculture|Justice|Finance|Trade|Business|Environment|Culture"
)
_HELD = (
    r"(?:(?:vice-)?(?:president|premier|minister|chancellor|ambassador|commissioner)|"
    r"(?:foreign|home|transport|defen[cs]e|health|education|business|energy|interior|trade) secretary|"
    r"(?:[a-z]+ )?prosecutor|governor|attorney general)"
)
_OFFICE = re.compile(
    rf"\b(?P<office>{_TITLE}(?P<before>President|Premier|Minister|Chancellor|Ambassador|[Gg]overnor|Gov\.|[Pp]rosecutor|[Mm]agistrate|[Jj]udge|Sheriff|[Ss]tate attorney|"
    rf"[Cc]hief [Jj]ustice|"
    rf"(?:{_PORTFOLIO}) Secretary|"
    rf"Attorney[ -]General|Advocate[ -]General|High Commissioner))\s+(?=[A-ZÀ-Þ])|"
    rf"\b[Tt]he (?:(?!former|ex|late)[a-z]+ ){{0,2}}"
    rf"(?P<apart>{_HELD}|Minister|Commissioner for [A-Z][A-Za-z ]+|(?:mayor|governor|prefect)(?: of [A-Z][\w ]{{2,30}})?), "
    r"(?=[A-ZÀ-Þ])|"
    rf"(?P<name>(?:[A-ZÀ-Þ][\w’'\-]+ ){{1,3}}[A-ZÀ-Þ]?[\w’'\-]*), (?:the|an?) "
    rf"(?:(?!former|ex|late|wife|son)[a-z]+ ){{0,2}}(?P<after>{_HELD})\b(?! (?:to|of the [A-Z]|of [A-Z]))"
)


@dataclass(frozen=True)
class Titled:
    """A name behind a title that names no country, at an offset: "President Vladimir Putin"."""

    name: str
    title: str
    start: int


def conclude_sides(
    article: Article,
    mentions: Sequence[PartyMention],
    lexicon: PartyLexicon,
    found: Mapping[str, Person],
) -> list[Person]:
    """People whose side follows from a bare title, from "his country", or from what only a side reports.

    `found` are those the text ties outright; they are not concluded about again.
    """
    bodies = Bodies(article, mentions, lexicon)
    titled = [
        person
        for start, person in _by_title(article, mentions, lexicon, found)
        if (here := bodies.setting.paragraph_of(start)) is None or here.party == person.party
    ]
    known = {**found, **{p.surname: p for p in found.values()}, **{p.surname: p for p in titled}}
    titled += _by_office(article, bodies, mentions, known)
    known |= {p.surname: p for p in titled}
    return titled + list(_by_stance(article, mentions, lexicon, known))


def find_titled(text: str, mentions: Sequence[PartyMention]) -> list[Titled]:
    """Names behind an office held by one person a country, where no country stands before it."""
    found = []
    ends = {m.end for m in mentions}
    pattern = r"\b(Prime Minister|Foreign Minister|Defen[cs]e Minister|President|Chancellor)\s+(?=[A-ZÀ-Þ])"
    for match in re.finditer(pattern, text):
        before = match.start()
        while before and text[before - 1] in " ’'s":
            before -= 1
        name = take_name(words_after(text, match.end(), 6))
        if name and before not in ends and match.start() - 1 not in ends:
            found.append(Titled(name, match[1].lower(), match.start()))
    return found


def _actors(article: Article, mentions: Sequence[PartyMention], lexicon: PartyLexicon) -> Counter[str]:
    """How often each country is named as one that acts (not as a place)."""
    return Counter(
        m.party
        for m in mentions
        if lexicon.parties[m.party].kind == "country" and lexicon.is_actor(article.text, m)
    )


def _by_title(
    article: Article,
    mentions: Sequence[PartyMention],
    lexicon: PartyLexicon,
    found: Mapping[str, Person],
) -> Iterator[tuple[int, Person]]:
    """ "President Vladimir Putin has said Russian engagement …": the country named in the same sentence,
    when it is the only one that is neither a place nor held by another president, and the article's main
    actor. Confidence 0.6: it is a conclusion, and is shown as one."""
    actors = _actors(article, mentions, lexicon)
    if not actors:
        return
    main = max(actors, key=lambda party: (actors[party], party))
    # "A Venezuelan boat" alone makes no actor of Venezuela.
    named = Counter(m.party for m in mentions if m.form != "demonym")
    taken = {p.party for p in found.values()}
    for titled in find_titled(article.text, mentions):
        if titled.name.split()[-1] in found:
            continue
        sentence = article.sentence_at(titled.start)
        near = {
            m.party
            for m in mentions
            if sentence.start <= m.start < sentence.end
            and lexicon.parties[m.party].kind == "country"
            and lexicon.is_actor(article.text, m)
        }
        if near == {main} and named[main] and (main not in taken or titled.title != "president"):
            rule = "title without a country; the article's main actor"
            yield titled.start, Person(titled.name, main, None, rule, 0.6)


def _by_office(
    article: Article, bodies: Bodies, mentions: Sequence[PartyMention], known: Mapping[str, Person]
) -> list[Person]:
    """ "Interior Minister Ivo Lang", "the minister, Ivo Lang", "Ivo Lang, the trade commissioner": the one
    side that the article gives this office elsewhere (0.7), else the country that acts right before it
    (0.6)."""
    elsewhere = _offices(article.text, mentions)
    ends = {m.end for m in mentions}
    taken = {(role, p.party) for p in known.values() for role in p.roles & _ONE_HOLDER}
    found: dict[str, Person] = {}
    for match in _office_matches(article.text, bodies):
        office = (match["office"] or match["after"] or match["apart"]).lower().partition(" for ")[0]
        role = re.split(r"[- ]", office)[-1].replace("gov.", "governor")
        if _has_country(article.text, match.start("office" if match["before"] else 0), ends):
            continue
        behind = name_after(article.text, match.end())
        name = name_at_end(match["name"]) if match["after"] else behind
        if not name or name.split()[-1] in known or name in found:
            continue
        title = office if match["before"] or match["apart"] else match["after"]
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
    start = match.start()
    setting = bodies.setting
    # Between two countries that an article is about as much, a bare title does not decide.
    undecided = setting.paragraph_of(start) is None and setting.rival(start) is not None
    return None if undecided else setting.country_near(start)


def _has_country(text: str, start: int, ends: Collection[int]) -> bool:
    """Whether a party stands right before: "Russia's | Foreign Minister"."""
    while start and text[start - 1] in " ’'s":
        start -= 1
    return start in ends


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


def _by_stance(
    article: Article,
    mentions: Sequence[PartyMention],
    lexicon: PartyLexicon,
    found: Mapping[str, Person],
) -> Iterator[Person]:
    """Two weaker ties, 0.6 and 0.55: "his country's actions", and somebody who reports what only a side
    itself can report ("the United States would have “grave concerns” …, Kerry said")."""
    known = {p.surname for p in found.values()}
    actors: Counter[str] = Counter()
    places = {m.party for m in mentions if not lexicon.is_actor(article.text, m)}
    by_sentence: dict[int, list[PartyMention]] = {}
    for mention in mentions:
        by_sentence.setdefault(article.sentence_at(mention.start).index, []).append(mention)
    for sentence in article.sentences:
        here = [m for m in by_sentence.get(sentence.index, ()) if lexicon.parties[m.party].kind == "country"]
        if _OWN_COUNTRY.search(sentence.text):
            name = take_name(words_after(article.text, sentence.start, 4))
            best = [p for p, n in actors.most_common() if p not in places or n > 2]
            if (
                name
                and name.split()[-1] not in known
                and not _opens_with_party(here, sentence.start)
                and best
            ):
                leaders = [p for p in best if actors[p] == actors[best[0]]]
                if len(leaders) == 1:
                    yield Person(name, best[0], None, "“his country”: the article's main actor", 0.6)
        match = re.search(
            r",[”“\"]? ((?:[A-ZÀ-Þ][\w'’.\-]+ ?){1,3}) ?(?:said|says|told|added|stressed)\b", sentence.text
        )
        subject = here[0] if here else None
        if match and subject is not None and _STANCE.match(article.text, subject.end + 1, sentence.end):
            name = take_name(list(WORD.finditer(match[1])))
            if name and name.split()[-1] not in known and subject.start - sentence.start < 30:
                yield Person(name, subject.party, None, "reports this side's own stance", 0.55)
        actors.update(m.party for m in here if lexicon.is_actor(article.text, m))


def _opens_with_party(mentions: Sequence[PartyMention], start: int) -> bool:
    """Whether a sentence that begins at `start` opens with a party and not with a person."""
    return any(m.start - start < 5 for m in mentions)
