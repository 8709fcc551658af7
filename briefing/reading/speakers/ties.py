"""Weaker ties between a person and a side, concluded from the article as a whole.

Each is shown with its rule and a confidence of 0.55 to 0.6; none overrides what the text says outright.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from briefing.reading.parties import PartyMention
from briefing.reading.persons import (
    WORD,
    Person,
    take_name,
    words_after,
)
from briefing.reading.speakers.bodies import Bodies
from briefing.reading.speakers.titles import conclude_offices, has_party_before

_OWN_COUNTRY = re.compile(r"\b(?:his|her) (?:own )?(?:country|government|nation)(?:['’]s)?\b")
# What only the holder of a stance reports of it: "the US would have “grave concerns” …, Kerry said".
_STANCE = re.compile(
    r"\b(?:would|will|does|do|has|have|is|are|was|were|remains?)\s+(?:also |not |still |fully |very )?"
    r"(?:have |be |remain )?[“\"‘']?(?:\w+ )?"
    r"(?:concern(?:s|ed)?|ready|prepared|willing|determined|committed|regret(?:s|ted)?|grateful|"
    r"reserve(?:s|d)? the right|welcome[sd]?|condemn(?:s|ed)?|reject(?:s|ed)?|doubts?)\b"
)


@dataclass(frozen=True)
class Titled:
    """A name behind a title that names no country, at an offset: "President Vladimir Putin"."""

    name: str
    title: str
    start: int


def conclude_sides(bodies: Bodies, found: Mapping[str, Person]) -> list[Person]:
    """People whose side follows from a bare title, from "his country", or from what only a side reports.

    `found` are those the text ties outright; they are not concluded about again.
    """
    titled = [
        person
        for start, person in _by_title(bodies, found)
        if (here := bodies.setting.paragraph_of(start)) is None or here.party == person.party
    ]
    known = {**found, **{p.surname: p for p in found.values()}, **{p.surname: p for p in titled}}
    titled += conclude_offices(bodies, known)
    known |= {p.surname: p for p in titled}
    return titled + list(_by_stance(bodies, known))


def find_titled(text: str, mentions: Sequence[PartyMention]) -> list[Titled]:
    """Names behind an office held by one person a country, where no country stands before it."""
    found = []
    ends = {m.end for m in mentions}
    pattern = r"\b(Prime Minister|Foreign Minister|Defen[cs]e Minister|President|Chancellor)\s+(?=[A-ZÀ-Þ])"
    for match in re.finditer(pattern, text):
        name = take_name(words_after(text, match.end(), 6))
        if name and not has_party_before(text, match.start(), ends):
            found.append(Titled(name, match[1].lower(), match.start()))
    return found


def _acting(bodies: Bodies) -> list[PartyMention]:
    """Where a country is named as one that acts (not as a place)."""
    lexicon, text = bodies.lexicon, bodies.article.text
    return [
        m for m in bodies.mentions if lexicon.parties[m.party].kind == "country" and lexicon.is_actor(text, m)
    ]


def _by_title(bodies: Bodies, found: Mapping[str, Person]) -> Iterator[tuple[int, Person]]:
    """ "President Vladimir Putin has said Russian engagement …": the country named in the same sentence,
    when it is the only one that is neither a place nor held by another president, and the article's main
    actor. Confidence 0.6: it is a conclusion, and is shown as one."""
    article, acting = bodies.article, _acting(bodies)
    actors = Counter(m.party for m in acting)
    if not actors:
        return
    main = max(actors, key=lambda party: (actors[party], party))
    # "A Venezuelan boat" alone makes no actor of Venezuela.
    named = Counter(m.party for m in bodies.mentions if m.form != "demonym")
    taken = {p.party for p in found.values()}
    for titled in find_titled(article.text, bodies.mentions):
        if titled.name.split()[-1] in found:
            continue
        sentence = article.sentence_at(titled.start)
        near = {m.party for m in acting if sentence.start <= m.start < sentence.end}
        if near == {main} and named[main] and (main not in taken or titled.title != "president"):
            rule = "title without a country; the article's main actor"
            yield titled.start, Person(titled.name, main, None, rule, 0.6)


def _by_stance(bodies: Bodies, found: Mapping[str, Person]) -> Iterator[Person]:
    """Two weaker ties, 0.6 and 0.55: "his country's actions", and somebody who reports what only a side
    itself can report ("the United States would have “grave concerns” …, Kerry said")."""
    article, mentions, lexicon = bodies.article, bodies.mentions, bodies.lexicon
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
