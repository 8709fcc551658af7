"""The cited sentences as the checks see them, and which of them a written sentence leans on."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace
from functools import cached_property

from briefing.reading.words import Word, content_words, find_words, fold
from briefing.types import Sentence

# A sentence that shares nearly as much with the claim as the best one is leaned on too.
_NEARLY_BEST = 0.8
_FEW = 4  # cited sentences


@dataclass(frozen=True)
class Cited:
    """`texts` in the order given; `runs` holds the texts of neighbouring sentences joined by a space.

    `granted` are words that count as present: the name of a speaker borne out elsewhere.
    """

    texts: tuple[str, ...]
    runs: tuple[str, ...] = field(repr=False)
    granted: tuple[Word, ...] = ()

    @cached_property
    def words(self) -> tuple[tuple[Word, ...], ...]:
        return tuple(find_words(text) for text in self.texts)

    @cached_property
    def unmarked(self) -> tuple[tuple[Word, ...], ...]:
        """The words with quotation marks left out, which part no clauses then."""
        return tuple(find_words(without_marks(text)) for text in self.texts)

    @cached_property
    def stems(self) -> frozenset[str]:
        return frozenset(word.stem for words in (*self.words, self.granted) for word in words)

    @cached_property
    def folded(self) -> frozenset[str]:
        return frozenset(word.folded for words in (*self.words, self.granted) for word in words)

    @cached_property
    def content(self) -> tuple[frozenset[str], ...]:
        """Stems of the content words, sentence by sentence."""
        return tuple(frozenset(word.stem for word in content_words(words)) for words in self.words)

    @cached_property
    def weights(self) -> dict[str, float]:
        """Stem -> how telling it is: the fewer cited sentences hold it, the more."""
        counts = Counter(stem for stems in self.content for stem in stems)
        return {stem: 1.0 + math.log(len(self.texts) / n) for stem, n in counts.items()}

    def grant(self, words: Sequence[Word]) -> Cited:
        """The same sentences, with `words` counted as present too."""
        return replace(self, granted=(*self.granted, *words))

    @property
    def few(self) -> bool:
        """Whether so few sentences are cited as a claim of ours rests on, and not a whole article."""
        return len(self.texts) <= _FEW

    def _weight(self, stems: AbstractSet[str]) -> float:
        # Summed exactly: a set has another order in each process, and rounding must not break ties by it.
        return math.fsum(self.weights[stem] for stem in stems)

    def best_together(self, wanted: set[str], most: int) -> list[int]:
        """Indices of the at most `most` sentences that together hold most of the stems, chosen one by one."""
        left, chosen = set(wanted), list[int]()
        for _ in range(most):
            gains = [self._weight(left & stems) for stems in self.content]
            best = max(gains, default=0.0)
            if not best:
                break
            chosen.append(gains.index(best))
            left -= self.content[chosen[-1]]
        return chosen

    def leaned_on(self, words: Sequence[Word]) -> tuple[int, ...]:
        """Indices of the sentences that share most with `words`, best first; empty when none shares any."""
        wanted = {word.stem for word in content_words(words)}
        scores = [self._weight(wanted & stems) for stems in self.content]
        best = max(scores, default=0.0)
        order = sorted(range(len(scores)), key=lambda index: (-scores[index], index))
        return tuple(index for index in order if best and scores[index] >= _NEARLY_BEST * best)


def without_marks(text: str) -> str:
    """`text` without double quotation marks: in ‘would not “trade safety”’ the negation reaches inside."""
    return fold(text).replace('"', " ")


def read_cited(sentences: Sequence[str | Sentence], granted: str = "") -> Cited:
    """Texts count as neighbours in the order given; `Sentence`s by their place in the article."""
    texts = tuple(s if isinstance(s, str) else s.text for s in sentences)
    runs: list[list[str]] = []
    for index, text in enumerate(texts):
        if index and _neighbours(sentences[index - 1], sentences[index]):
            runs[-1].append(text)
        else:
            runs.append([text])
    return Cited(texts, tuple(" ".join(run) for run in runs), find_words(granted))


def _neighbours(first: str | Sentence, second: str | Sentence) -> bool:
    if isinstance(first, str) or isinstance(second, str):
        return isinstance(first, str) and isinstance(second, str)
    return second.index == first.index + 1 and 0 <= second.start - first.end <= 16
