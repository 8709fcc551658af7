"""Searching a library: through its indexes, and without them where they cannot be used."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy.typing as npt

from briefing.store.changes import Changes
from briefing.store.scores import Scored, Scores

if TYPE_CHECKING:
    from briefing.store.fulltext import FullText
    from briefing.store.indexes import Indexes

# Passages fetched from the vector index until k of them pass the filter: 8, 36 and 200 ms at 100,000
# passages. After that comes one exact pass over the catalog: 0.6 s.
_FETCHES = (200, 1000, 5000)


class Search:
    """Nearest and matching passages. `indexes` is None for a library that cannot be written."""

    def __init__(
        self, changes: Changes, scores: Scores, indexes: Indexes | None, exact_up_to: int = 0
    ) -> None:
        self._changes, self._scores, self._indexes = changes, scores, indexes
        self._exact_up_to = exact_up_to
        self._lock = threading.Lock()
        self._memory: tuple[int, FullText] | None = None

    def nearest(self, vector: npt.ArrayLike, k: int, keep: Callable[[str], bool] | None) -> list[Scored]:
        """As `Store.nearest`: approximate candidates, exact scores."""
        unit = self._scores.unit(vector)
        if k <= 0 or not self._changes.generation():
            return []
        if self._changes.passage_count() <= self._exact_up_to:
            return self._scores.best(unit, k, keep)
        for n in _FETCHES:
            found = None
            if self._indexes is not None:
                found = self._indexes.nearest(self._changes, unit, max(n, 2 * k))
            if found is None:
                break
            best = self._scores.best_of(unit, k, [i for i in found if keep is None or keep(i)])
            if len(best) >= k or len(found) >= self._changes.passage_count():
                return best
        return self._scores.best(unit, k, keep)

    def matching(self, words: str, k: int) -> list[Scored]:
        """As `Store.matching`."""
        if not self._changes.generation():
            return []
        found = None
        if self._indexes is not None:
            found = self._indexes.matching(self._changes, words, k)
        return self._in_memory().matching(words, k) if found is None else found

    def _in_memory(self) -> FullText:
        """The full text made anew for this process alone; 100,000 passages take about a second."""
        from briefing.store.fulltext import FullText

        with self._lock:
            generation = self._changes.generation()
            if self._memory is None or self._memory[0] != generation:
                index = FullText(None)
                index.open()
                for rows in self._changes.passages_since(0, index.batch):
                    index.add(rows)
                self._memory = generation, index
            return self._memory[1]
