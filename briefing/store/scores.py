"""Exact cosines over the vectors of the catalog."""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import sqlalchemy as sa

from briefing.store import rows, schema
from briefing.store.database import Database, each

Scored = tuple[str, float]
_BLOCK = 4096  # rows held at a time in a scan: 6 MB with 384 dimensions
_PASSAGES = schema.passages.c


@dataclass(frozen=True)
class Held:
    """Passages and their vectors, one row of unit length each."""

    ids: Sequence[str]
    vectors: npt.NDArray[np.float32]


class Scores:
    """Cosines of stored passages; the same passage and query give the same score on every way here."""

    def __init__(self, database: Database, dimensions: int) -> None:
        self._database, self._dimensions = database, dimensions

    def unit(self, vector: npt.ArrayLike) -> npt.NDArray[np.float32]:
        """A query vector at unit length (zeros stay zeros); ValueError when it cannot be one."""
        row = np.asarray(vector, dtype=np.float32).reshape(-1)
        if row.shape != (self._dimensions,) or not np.isfinite(row).all():
            raise ValueError(
                f"a query vector has {self._dimensions} finite numbers, not {row.shape[0]}: {row[:3]}..."
            )
        length = float(np.linalg.norm(row))
        return row / np.float32(length) if length > 0 else row

    def vectors(self, passage_ids: Sequence[str]) -> npt.NDArray[np.float32]:
        """One row of unit length for each id, in the order given; zeros for an unknown id."""
        stored = self._stored(passage_ids)
        nothing = bytes(2 * self._dimensions)
        return rows.to_vectors([stored.get(i, nothing) for i in passage_ids], self._dimensions)

    def best_of(self, vector: npt.ArrayLike, k: int, passage_ids: Iterable[str]) -> list[Scored]:
        """The k best of the given passages, best first; unknown ids are left out."""
        return self.best_held(vector, k, self.hold(passage_ids))

    def best(self, vector: npt.ArrayLike, k: int) -> list[Scored]:
        """The k best of all stored passages, in one pass over the catalog."""
        unit, found = self.unit(vector), list[Scored]()
        query = sa.select(_PASSAGES.id, _PASSAGES.vector).execution_options(yield_per=_BLOCK)
        with self._database.reading() as connection:
            for part in connection.execute(query).partitions():
                ids, blobs = zip(*part, strict=True)
                vectors = rows.to_vectors(blobs, self._dimensions)
                found = _first([*found, *_candidates(unit, k, Held(ids, vectors))], k)
        return found

    def hold(self, passage_ids: Iterable[str]) -> Held:
        """The vectors of these passages, to be asked more than once; unknown ids are left out."""
        stored = self._stored(passage_ids)
        return Held(tuple(stored), rows.to_vectors(list(stored.values()), self._dimensions))

    def best_held(self, vector: npt.ArrayLike, k: int, held: Held) -> list[Scored]:
        """The k best of the held passages, best first."""
        return _first(_candidates(self.unit(vector), k, held), k)

    def _stored(self, passage_ids: Iterable[str]) -> dict[str, bytes]:
        query = sa.select(_PASSAGES.id, _PASSAGES.vector).where(_PASSAGES.id.in_(each(passage_ids)))
        with self._database.reading() as connection:
            return {row.id: row.vector for row in connection.execute(query)}


def _candidates(unit: npt.NDArray[np.float32], k: int, held: Held) -> list[Scored]:
    """The k best in no order, and all that equal the last of them."""
    # The last bits depend on how many rows are multiplied at once; six digits do not.
    cosines = np.round((held.vectors @ unit).astype(np.float64), 6)
    least = np.partition(cosines, -k)[-k] if 0 < k < len(cosines) else -np.inf
    return [(held.ids[i], float(cosines[i])) for i in np.flatnonzero(cosines >= least).tolist()]


def _first(scored: Iterable[Scored], k: int) -> list[Scored]:
    return heapq.nsmallest(k, scored, key=lambda one: (-one[1], one[0]))
