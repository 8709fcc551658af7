"""What a writer gets wrong, done by rule: one small change after which a sentence no longer holds.

The kinds are FactCC's (Kryscinski et al. 2020) and what SummEdits (Laban et al. 2023) names: another entity,
number or day, an opposite, a negation, a hedge, an invented detail, changed places, a dropped credit.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from briefing.reading.words import fold
from training.claims import Claim, Token, name_text, names_in, put, read_claim, words_at
from training.lexicon import Lexicon

_WEEK = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
_YEAR = "January February March April May June July August September October November December".split()
_NUMBER_WORDS = "two three four five six seven eight nine ten eleven twelve twenty thirty forty fifty".split()
_SCALES = "hundred thousand million billion hundreds thousands millions dozens".split()
_HELPERS = "is are was were has have had will would can could should must did does do may might".split()
_HEDGES = {"may": "will", "might": "will", "could": "will", "reportedly": "", "allegedly": "", "possibly": "",
           "probably": "", "likely": "", "apparently": "", "alleged": "", "suspected": "", "some": "all",
           "appears": "is", "seems": "is", "nearly": "over", "almost": "more than"}  # fmt: skip
_HEDGED = {"will": "may", "would": "might", "is": "may be", "are": "may be", "was": "may have been",
           "were": "may have been", "has": "may have", "all": "some"}  # fmt: skip
_FIRMER = {"plans to": "will", "planned to": "did", "considering whether to": "going to",
           "expected to": "certain to",
           "suspected of": "guilty of", "accused of": "convicted of", "appeared to": "was found to",
           "appears to": "is found to", "seemed to": "was found to", "wants to": "will",
           "wanted to": "was about to",
           "hopes to": "will", "hoped to": "was about to", "ready to": "unwilling to",
           "threatened to": "began to",
           "vowed to": "refused to", "offered to": "refused to", "agreed to": "refused to", "urged": "forced",
           "believed to be": "known to be", "thought to be": "known to be", "said to be": "proved to be",
           "may have": "have", "might have": "had", "could have": "had", "worried that": "sure that",
           "tried to": "managed to", "considering": "planning", "asked": "ordered", "proposed": "adopted",
           "easier": "harder", "harder": "easier", "failed to": "managed to", "managed to": "failed to",
           "pointed to": "proved", "not yet": "already", "close to": "far from"}  # fmt: skip
_TURNED = {"before": "after", "after": "before", "more": "less", "less": "more", "above": "below",
           "below": "above", "over": "under", "under": "over", "up": "down", "with": "without",
           "for": "against", "against": "for", "first": "last", "inside": "outside", "into": "out of",
           "all": "none of", "most": "few", "many": "few", "few": "many", "always": "never",
           "never": "always",
           "his": "her", "her": "his", "he": "she", "she": "he", "only": "mainly", "since": "until",
           "accepted": "rejected", "denied": "admitted", "false": "true", "true": "false", "began": "ended",
           "won": "lost", "lost": "won", "rose": "fell", "fell": "rose", "left": "joined", "men": "women",
           "women": "men", "boys": "girls", "girls": "boys"}  # fmt: skip
_SAYS = re.compile(
    r"^(?:According to [^,]{3,60}, |[A-Z][^,.:;\"]{2,60}? (?:said|says|stated|claimed)(?: that)? )"
    r"(?P<what>[^\"]{15,})$"
)
_ENDS = re.compile(r"^(?P<what>[^\"]{15,}?), [^,.:;\"]{3,60}? (?:said|says|claimed)\.$")
_PREPOSITIONS = frozenset("in on at after during near for with despite under without amid".split())


@dataclass(frozen=True)
class Pool:
    """Names, phrases and words of other sentences, to put in wrong places."""

    names: Sequence[str]
    phrases: Sequence[Sequence[str]]
    adjectives: Sequence[str]


class Corruption:
    """Draws one unfair change of a claim."""

    def __init__(self, lexicon: Lexicon, pool: Pool, chance: random.Random) -> None:
        self._lexicon, self._pool, self._chance = lexicon, pool, chance
        self._ways: list[tuple[str, float, Callable[[Claim, Sequence[str]], Claim | None]]] = [
            ("other thing", 5, self._other_thing), ("opposite", 3, self._opposite), ("name", 3, self._name),
            ("number", 3, self._number), ("negation", 2.5, self._negation), ("hedge", 2, self._hedge),
            ("firmer", 2.5, self._firmer), ("roles", 2, self._roles),
            ("day", 1.5, self._day), ("places", 1.5, self._places), ("invented", 3, self._invented),
            ("turned", 2, self._turned), ("credit", 1.2, self._credit),
        ]  # fmt: skip

    def corrupt(self, claim: Claim, near: Sequence[str]) -> tuple[str, Claim] | None:
        """(kind, claim) after one change; `near` are names of the same article. None where nothing fits."""
        ways = list(self._ways)
        while ways:
            at = self._chance.choices(range(len(ways)), [weight for _, weight, _ in ways])[0]
            kind, _, way = ways.pop(at)
            made = way(claim, near)
            if made is not None and [t.text.lower() for t in made] != [t.text.lower() for t in claim]:
                return kind, made
        return None

    def _other_thing(self, claim: Claim, _: Sequence[str]) -> Claim | None:
        return self._replace(claim, self._lexicon.other)

    def _opposite(self, claim: Claim, _: Sequence[str]) -> Claim | None:
        return self._replace(claim, self._lexicon.opposite)

    def _replace(self, claim: Claim, choices: Callable[[str], Sequence[str]]) -> Claim | None:
        held = {t.text.lower() for t in claim}
        for place in words_at(claim, self._chance):
            fitting = [w for w in choices(claim[place].text) if w not in held]
            if fitting:
                return put(claim, place, place + 1, [self._chance.choice(fitting)], wrong=True)
        return None

    def _name(self, claim: Claim, near: Sequence[str]) -> Claim | None:
        runs = [r for r in names_in(claim) if name_text(claim, r) not in (*_WEEK, *_YEAR)]
        if not runs:
            return None
        run = self._chance.choice(runs)
        old = name_text(claim, run)
        size = run[1] - run[0]
        pool = near if near and self._chance.random() < 0.5 else self._pool.names
        held = {t.text for t in claim}
        fitting = [
            n for n in self._chance.sample(list(pool), min(30, len(pool))) if not held & set(n.split())
        ]
        fitting.sort(key=lambda n: (abs(len(n.split()) - size), n[-2:] != old[-2:]))
        if size > 1 and self._chance.random() < 0.3:  # a first name or one word of a name alone
            at = self._chance.randrange(*run)
            words = [n for n in fitting if n.isalpha()]
            return put(claim, at, at + 1, [words[0]], wrong=True) if words else None
        return put(claim, *run, fitting[0].split(), wrong=True) if fitting else None

    def _number(self, claim: Claim, _: Sequence[str]) -> Claim | None:
        chance = self._chance
        places = [i for i, t in enumerate(claim) if t.text[0].isdigit()]
        words = [i for i, t in enumerate(claim) if t.text in _NUMBER_WORDS or t.text in _SCALES]
        if not places and not words:
            return None
        at = chance.choice(places + words)
        old = claim[at].text
        if at in words:
            pool = _NUMBER_WORDS if old in _NUMBER_WORDS else _SCALES
            new = chance.choice([w for w in pool if w != old])
        else:
            digits = [i for i, c in enumerate(old) if c.isdigit()]
            which = chance.choice(digits)
            new = old[:which] + chance.choice([d for d in "123456789" if d != old[which]]) + old[which + 1 :]
            if chance.random() < 0.2 and old.isdigit() and len(old) < 3:
                new = old + "0"
        return put(claim, at, at + 1, [new], wrong=True)

    def _negation(self, claim: Claim, _: Sequence[str]) -> Claim | None:
        for at, token in enumerate(claim):
            if token.text in ("not", "never", "no") and at + 1 < len(claim):
                return put(claim, at, at + 1, [], wrong=True)
            if fold(token.text).endswith("n't") and fold(token.text).lower() not in ("can't", "won't"):
                return put(claim, at, at + 1, [token.text[:-3]], wrong=True)
        places = [i for i, t in enumerate(claim) if t.text in _HELPERS and i + 1 < len(claim)]
        if not places:
            return None
        at = self._chance.choice(places) + 1
        return put(claim, at, at, [self._chance.choice(("not", "not", "never"))], wrong=True)

    def _hedge(self, claim: Claim, _: Sequence[str]) -> Claim | None:
        table = _HEDGES if self._chance.random() < 0.7 else _HEDGED
        return self._by_table(claim, table) or self._by_table(claim, _HEDGED)

    def _firmer(self, claim: Claim, _: Sequence[str]) -> Claim | None:
        """What was planned, suspected or tried, as what is so."""
        words = [t.text for t in claim]
        forms = list(_FIRMER)
        self._chance.shuffle(forms)
        for old in forms:
            size = len(old.split())
            for at in range(len(words) - size):
                if " ".join(words[at : at + size]) == old:
                    return put(claim, at, at + size, _FIRMER[old].split(), wrong=True)
        return None

    def _roles(self, claim: Claim, _: Sequence[str]) -> Claim | None:
        """Two things changed about: "the army warned the rebels"."""
        nouns = [
            i + 1
            for i, t in enumerate(claim[:-1])
            if t.text.lower() in ("the", "a", "an", "its", "their", "by", "his") and claim[i + 1].lower
            and (r := self._lexicon.reading(claim[i + 1].text)) and r.pos == "n"
        ]  # fmt: skip
        pairs = [(a, b) for a in nouns for b in nouns if a < b and claim[a].text != claim[b].text]
        if not pairs:
            return None
        first, second = self._chance.choice(pairs)
        one, other = claim[first].text, claim[second].text
        claim = put(claim, second, second + 1, [one], wrong=True)
        return put(claim, first, first + 1, [other], wrong=True)

    def _turned(self, claim: Claim, _: Sequence[str]) -> Claim | None:
        return self._by_table(claim, _TURNED)

    def _by_table(self, claim: Claim, table: dict[str, str]) -> Claim | None:
        places = [i for i, t in enumerate(claim) if t.text in table and i + 1 < len(claim)]
        if not places:
            return None
        at = self._chance.choice(places)
        return put(claim, at, at + 1, table[claim[at].text].split(), wrong=True)

    def _day(self, claim: Claim, _: Sequence[str]) -> Claim | None:
        for pool in (_WEEK, _YEAR):
            places = [i for i, t in enumerate(claim) if t.text in pool]
            if places:
                at = self._chance.choice(places)
                return put(
                    claim, at, at + 1, [self._chance.choice([d for d in pool if d != claim[at].text])], True
                )
        return None

    def _places(self, claim: Claim, _: Sequence[str]) -> Claim | None:
        """Two names changed about."""
        runs = names_in(claim)
        if len(runs) < 2:
            return None
        first, second = sorted(self._chance.sample(runs, 2))
        one, other = name_text(claim, first).split(), name_text(claim, second).split()
        if {w.lower() for w in one} & {w.lower() for w in other}:
            return None
        claim = put(claim, *second, one, wrong=True)
        return put(claim, *first, other, wrong=True)

    def _invented(self, claim: Claim, _: Sequence[str]) -> Claim | None:
        chance = self._chance
        if chance.random() < 0.4:
            places = [
                i
                for i in words_at(claim, chance)
                if (r := self._lexicon.reading(claim[i].text)) and r.pos == "n"
            ]
            if places and self._pool.adjectives:
                return put(claim, places[0], places[0], [chance.choice(self._pool.adjectives)], wrong=True)
        phrase = chance.choice(self._pool.phrases)
        end = len(claim) - 1 if claim and claim[-1].text == "." else len(claim)
        held = {t.text.lower() for t in claim}
        if {w.lower() for w in phrase[1:]} & held:
            return None
        breaks = [i for i, t in enumerate(claim) if t.text in (",", "and", "but", "who", "that") and i > 3]
        at = chance.choice(breaks) if breaks and chance.random() < 0.4 else end
        return put(claim, at, at, list(phrase), wrong=True)

    def _credit(self, claim: Claim, _: Sequence[str]) -> Claim | None:
        """The words alone, as fact: no token is wrong by itself, so the first one stands for it."""
        text = "".join((t.gap if i else "") + t.text for i, t in enumerate(claim))
        match = _SAYS.match(text) or _ENDS.match(text)
        if match is None:
            return None
        bare = read_claim(match["what"].rstrip(".") + ".")
        head = Token(bare[0].text, bare[0].gap, True)
        return (head, *bare[1:])


def phrases_in(claim: Claim) -> list[list[str]]:
    """Short prepositional phrases, to be put where they do not belong."""
    found = []
    for at, token in enumerate(claim):
        if token.text in _PREPOSITIONS:
            stop = at + 1
            while (
                stop < len(claim)
                and stop - at < 6
                and claim[stop].text not in ',.;:()"“”'
                and claim[stop].text not in _PREPOSITIONS
            ):
                stop += 1
            if stop < len(claim) and stop - at >= 3 and claim[stop].text in ",.":
                found.append([t.text for t in claim[at:stop]])
    return found
