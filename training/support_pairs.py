"""Claims with the sentences they cite, made by rule from a corpus: some hold, some do not, and why.

What does not hold is first reworded like what does, so that a rewording tells nothing.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from briefing.checking.alignment import read_cited
from briefing.checking.meaning import choose_evidence
from briefing.reading.words import find_words
from training.claims import Claim, name_text, names_in, read_claim, write_claim
from training.corruption import Corruption, Pool, phrases_in
from training.lexicon import Lexicon
from training.rewording import Rewording

_SHORTEST, _LONGEST = 40, 330  # characters of a sentence that makes a claim
_FALSE = 0.55
_ELSEWHERE = 0.04  # claims of one sentence with the evidence of others
_JOINED = 0.2


@dataclass(frozen=True)
class SupportPair:
    """`wrong` are the spans in `claim` that are not borne out; None where that is not known. `kind` is what
    was done to it, "" for a claim that holds."""

    claim: str
    evidence: tuple[str, ...]
    holds: bool
    wrong: tuple[tuple[int, int], ...] | None
    kind: str = ""


def read_pool(articles: Sequence[Sequence[str]], lexicon: Lexicon) -> Pool:
    """Names, phrases and adjectives of a corpus."""
    names: set[str] = set()
    phrases: list[list[str]] = []
    adjectives: set[str] = set()
    for sentences in articles:
        for text in sentences:
            claim = read_claim(text)
            names |= {name_text(claim, run) for run in names_in(claim)}
            phrases += phrases_in(claim)
            for token in claim:
                if token.lower and (r := lexicon.reading(token.text)) and r.pos == "a" and not r.ending:
                    adjectives.add(token.text)
    return Pool(sorted(names), phrases, sorted(adjectives))


class PairMaker:
    """Draws pairs from the sentences of articles."""

    def __init__(self, lexicon: Lexicon, pool: Pool, chance: random.Random) -> None:
        self._chance = chance
        self._rewording = Rewording(lexicon, chance)
        self._corruption = Corruption(lexicon, pool, chance)

    def pairs(self, sentences: Sequence[str], count: int) -> Iterator[SupportPair]:
        """`count` pairs of one article."""
        chance = self._chance
        usable = [i for i, text in enumerate(sentences) if _SHORTEST <= len(text) <= _LONGEST]
        near = [name_text(c, r) for c in map(read_claim, sentences) for r in names_in(c)]
        for _ in range(count if usable else 0):
            at = chance.choice(usable)
            used = [at]
            claim = self._rewording.reword(sentences[at])
            if chance.random() < _JOINED:
                other = min(max(at + chance.choice((-2, -1, 1, 2)), 0), len(sentences) - 1)
                if other != at and other in usable:
                    used.append(other)
                    claim = self._rewording.join(claim, self._rewording.reword(sentences[other]))
            if len(claim) > 4:
                yield self._pair(claim, sentences, used, near)

    def headline_pairs(self, title: str, sentences: Sequence[str], count: int) -> Iterator[SupportPair]:
        """`count` pairs of an article's own headline, which says in other words what the article says."""
        used = choose_evidence(find_words(title), read_cited(list(sentences)))
        near = [name_text(c, r) for c in map(read_claim, sentences) for r in names_in(c)]
        for at in range(count if used else 0):
            claim = read_claim(title) if at == 0 else self._rewording.reword(title)
            if len(claim) > 3:
                yield self._pair(claim, sentences, used, near)

    def _pair(
        self, claim: Claim, sentences: Sequence[str], used: Sequence[int], near: Sequence[str]
    ) -> SupportPair:
        chance = self._chance
        kind = ""
        if chance.random() < _FALSE:
            for _ in range(chance.choice((1, 1, 1, 2))):
                made = self._corruption.corrupt(claim, near)
                if made is not None:
                    kind, claim = made
        text, wrong = write_claim(claim)
        if not kind and chance.random() < _ELSEWHERE and len(sentences) > 8:
            free = [i for i in range(len(sentences)) if i not in used]
            evidence = tuple(sentences[i] for i in sorted(chance.sample(free, 2)))
            return SupportPair(text, evidence, False, None, "elsewhere")
        return SupportPair(text, self._evidence(text, sentences, used), not kind, tuple(wrong), kind)

    def _evidence(self, claim: str, sentences: Sequence[str], used: Sequence[int]) -> tuple[str, ...]:
        """The sentences the claim was made of: alone, or as the checker chooses them from the article."""
        if self._chance.random() < 0.45:
            return tuple(sentences[i] for i in sorted(used))
        chosen = set(choose_evidence(find_words(claim), read_cited(list(sentences))))
        if not chosen >= set(used):
            chosen = {*used, *sorted(chosen)[: 3 - len(used)]}
        return tuple(sentences[i] for i in sorted(chosen))
