"""Searching a library: through its indexes, and without them where they cannot be used."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy.typing as npt

from briefing.store.changes import Changes
from briefing.store.scores import Held, Scored, Scores
from briefing.store.selection import Selection
from briefing.types import NO_FILTERS, Filters

if TYPE_CHECKING:
    from briefing.store.fulltext import FullText
    from briefing.store.indexes import Indexes

# Filters that let so many passages through or fewer are answered exactly: their vectors are read once (10 ms)
# and held for the clauses of the question. More of them than that are among the neighbours fetched.
_MOST_HELD = 2000
_FETCHES = (200, 1000, 5000)  # neighbours fetched until k pass: 8, 36 and 200 ms at 100,000 passages
_ENOUGH = 20  # passages that pass, so that no more are fetched for their sake: the words find the rest


class Search:
    """Nearest and matching passages. `indexes` is None for a library that cannot be written."""

    def __init__(
        self,
        changes: Changes,
        scores: Scores,
        selection: Selection,
        indexes: Indexes | None,
        exact_up_to: int = 0,
    ) -> None:
        self._changes, self._scores, self._selection = changes, scores, selection
        self._indexes, self._exact_up_to = indexes, exact_up_to
        self._lock = threading.Lock()
        self._memory: tuple[int, FullText] | None = None
        self._held: tuple[int, Filters, Held | None] | None = None

    def nearest(self, vector: npt.ArrayLike, k: int, filters: Filters) -> list[Scored]:
        """As `Store.nearest`: approximate candidates, exact scores."""
        unit = self._scores.unit(vector)
        if k <= 0 or not self._changes.generation():
            return []
        if filters != NO_FILTERS or self._changes.passage_count() <= self._exact_up_to:
            held = self._hold(filters)
            if held is not None:
                return self._scores.best_held(unit, k, held)
        best: list[Scored] = []
        for n in _FETCHES:
            found = None
            if self._indexes is not None:
                found = self._indexes.nearest(self._changes, unit, max(n, 2 * k))
            if found is None:
                return self._by_catalog(unit, k, filters)
            passing = found if filters == NO_FILTERS else self._selection.passing(found, filters)
            best = self._scores.best_of(unit, k, passing)
            if len(best) >= min(k, _ENOUGH) or len(found) >= self._changes.passage_count():
                break
        return best

    def matching(self, words: str, k: int, filters: Filters) -> list[Scored]:
        """As `Store.matching`."""
        if not self._changes.generation():
            return []
        found = None
        if self._indexes is not None:
            found = self._indexes.matching(self._changes, words, k, filters)
        if found is None:
            found = self._in_memory().matching(words, k, filters)
        if not filters.tied:
            return found
        # The full text knows who speaks in a passage, not for whom each time.
        passing = set(self._selection.passing([passage_id for passage_id, _ in found], filters))
        return [one for one in found if one[0] in passing]

    def frequencies(self, words: Sequence[str]) -> dict[str, int]:
        """As `Store.frequencies`."""
        if not self._changes.generation():
            return {}
        found = None if self._indexes is None else self._indexes.frequencies(self._changes, words)
        return self._in_memory().frequencies(words) if found is None else found

    def _hold(self, filters: Filters) -> Held | None:
        """The passages that pass, unless they are too many; kept for the next question within them."""
        generation = self._changes.generation()
        held = self._held
        if held is None or held[:2] != (generation, filters):
            most = self._exact_up_to if filters == NO_FILTERS else _MOST_HELD
            chosen = self._selection.chosen(filters, most)
            held = generation, filters, None if chosen is None else self._scores.hold(chosen)
            self._held = held
        return held[2]

    def _by_catalog(self, vector: npt.ArrayLike, k: int, filters: Filters) -> list[Scored]:
        """One exact pass: 0.6 s for 100,000 passages."""
        if filters == NO_FILTERS:
            return self._scores.best(vector, k)
        return self._scores.best_of(vector, k, self._selection.chosen(filters) or [])

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
