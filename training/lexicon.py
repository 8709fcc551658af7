"""Which words may stand for a word and which may not: WordNet, our own lists, the embedder.

WordNet's synonyms belong to one of several meanings of a word. Only those are fair that the embedder finds
near the word itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import numpy as np

from briefing.reading.embeddings import embed_texts
from briefing.reading.words import read_lines, stem
from training.wordnet import Reading, WordNet

_FAIR = 0.5  # cosine of two words alone; "attacked" and "assaulted" .75, "strikes" and "affects" .2
_LISTED = 0.35  # our own list joins "fall" and "plunge", and "expect" and "guide"
_FAR = 0.72  # a sibling nearer than this may mean the same


class Lexicon:
    """Fair and unfair replacements of a word, in its form; each word is looked up once."""

    def __init__(self, net: WordNet) -> None:
        self._net = net
        self._groups: dict[str, set[str]] = {}
        for line in read_lines("synonyms.txt"):
            for word in line:
                self._groups.setdefault(word, set()).update(line)
        self._contrary: dict[str, list[str]] = {}
        for line in read_lines("antonyms.txt"):
            sides = [side.split() for side in " ".join(line).split("|")]
            for side in sides:
                for word in side:
                    self._contrary.setdefault(word, []).extend(w for s in sides if s is not side for w in s)

    def reading(self, word: str) -> Reading | None:
        """What `word` is a form of, where that is clear."""
        return self._net.read(word)

    @lru_cache(maxsize=50_000)  # noqa: B019 -- one instance lives as long as the process
    def fair(self, word: str) -> tuple[str, ...]:
        """Words that say the same."""
        reading = self._net.read(word)
        if reading is None:
            return ()
        own = [w for w in sorted(self._groups.get(reading.base, ())) if w != reading.base]
        ours = self._net.in_form(own, reading)
        theirs = [w for w in self._net.synonyms(reading) if w not in ours]
        return (*self._near(word, ours, _LISTED, 1.0), *self._near(word, theirs, _FAIR, 1.0))

    @lru_cache(maxsize=50_000)  # noqa: B019
    def opposite(self, word: str) -> tuple[str, ...]:
        """Words that say the contrary."""
        reading = self._net.read(word)
        if reading is None:
            return ()
        ours = self._contrary.get(reading.base, [])
        return tuple(dict.fromkeys([*self._net.in_form(ours, reading), *self._net.opposites(reading)]))

    @lru_cache(maxsize=50_000)  # noqa: B019
    def other(self, word: str) -> tuple[str, ...]:
        """Words for something else of the same kind."""
        reading = self._net.read(word)
        if reading is None:
            return ()
        same = self._groups.get(reading.base, set())
        others = [w for w in self._net.siblings(reading)[:40] if stem(w) not in {stem(s) for s in same}]
        return self._near(word, others, 0.15, _FAR)

    def _near(self, word: str, others: Sequence[str], least: float, most: float) -> tuple[str, ...]:
        if not others:
            return ()
        vectors = embed_texts([word, *others])
        cosines = vectors[1:] @ vectors[0]
        return tuple(w for w, c in zip(others, np.asarray(cosines), strict=True) if least <= c <= most)
