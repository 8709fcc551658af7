"""A claim as training varies it: tokens, of which some are known to be wrong; and what names a corpus has."""

from __future__ import annotations

import random
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from briefing.reading.words import stopwords

_TOKEN = re.compile(r"\d[\d,.]*\d|\w+(?:[.'’]\w+)*|[^\w\s]")
_LONGEST_NAME = 4


@dataclass(frozen=True)
class Token:
    """A word or mark, the space before it, and whether a corruption put it there (or took away beside it)."""

    text: str
    gap: str = " "
    wrong: bool = False

    @property
    def lower(self) -> bool:
        return self.text.islower() and self.text.isalpha()


Claim = tuple[Token, ...]


def read_claim(text: str) -> Claim:
    """The tokens of a text."""
    found, last = [], 0
    for match in _TOKEN.finditer(text):
        found.append(Token(match.group(), " " if match.start() > last else ""))
        last = match.end()
    return tuple(found)


def write_claim(claim: Sequence[Token]) -> tuple[str, list[tuple[int, int]]]:
    """The text, and the spans of its wrong tokens; the first letter is a capital."""
    text, spans = "", []
    for token in claim:
        gap = token.gap if text else ""
        start = len(text) + len(gap)
        text += gap + token.text
        if token.wrong:
            spans.append((start, len(text)))
    return text[:1].upper() + text[1:], spans


def put(claim: Claim, start: int, stop: int, words: Sequence[str], wrong: bool = False) -> Claim:
    """`claim` with the tokens from `start` to `stop` replaced; with nothing put in, the next is wrong."""
    gap = claim[start].gap if stop > start else " "
    new = tuple(Token(word, gap if at == 0 else " ", wrong) for at, word in enumerate(words))
    rest = claim[stop:]
    if wrong and not new and rest:
        rest = (replace(rest[0], wrong=True), *rest[1:])
    return (*claim[:start], *new, *rest)


def names_in(claim: Claim) -> list[tuple[int, int]]:
    """Runs of capitalised words that do not merely open the sentence."""
    runs: list[tuple[int, int]] = []
    at = 0
    while at < len(claim):
        stop = at
        while stop < len(claim) and stop - at < _LONGEST_NAME and claim[stop].text[0].isupper():
            stop += 1
        if stop > at and not (stop - at == 1 and (at == 0 or claim[at].text.lower() in stopwords())):
            runs.append((at, stop))
        at = max(stop, at + 1)
    return runs


def name_text(claim: Claim, run: tuple[int, int]) -> str:
    """The words of one run."""
    return " ".join(token.text for token in claim[slice(*run)])


def words_at(claim: Claim, chance: random.Random) -> list[int]:
    """Places of plain lower-case words that carry meaning, in an order drawn anew."""
    places = [i for i, t in enumerate(claim) if t.lower and len(t.text) > 2 and t.text not in stopwords()]
    chance.shuffle(places)
    return places
