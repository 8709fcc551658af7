"""The derived indexes of one library folder, kept in step with the catalog by whoever comes first."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import ClassVar, TypeVar

import numpy.typing as npt

from briefing.errors import LibraryError
from briefing.store.changes import Changes
from briefing.store.derived import DamagedIndexError, KeptIndex
from briefing.store.fulltext import FullText
from briefing.store.locks import TurnLock
from briefing.store.vectors import VectorIndex
from briefing.types import NO_FILTERS, Filters

Answer = TypeVar("Answer")
Progress = Callable[[int, int], None]

WRITER_SECONDS = 60.0  # how long a second writer waits for the first
_TOUCH_SECONDS = 60.0  # a touch takes milliseconds, a batch of vectors half a second
_log = logging.getLogger(__name__)


class Indexes:
    """One for each folder and process: Chroma and the file locks both allow no second.

    Two locks. The writer lock is held for a whole `add`, so that catalog and indexes have one writer.
    The index lock is held for each touch of an index: one query, or one batch of a writer, so that search
    goes on while articles come in. Queries take it exclusively too, because a Chroma client may replay its
    log into its files when it is asked.
    """

    _guard: ClassVar[threading.Lock] = threading.Lock()
    _shared: ClassVar[dict[Path, Indexes]] = {}

    def __init__(self, folder: Path, dimensions: int) -> None:
        locks = folder / "locks"
        locks.mkdir(parents=True, exist_ok=True)
        self._folder, self._users = folder, 0
        self._writer, self._touch = TurnLock(locks / "writer"), TurnLock(locks / "indexes")
        self._vectors = VectorIndex(folder / "vectors", dimensions)
        self._fulltext = FullText(folder / "fulltext")
        self._kept_vectors, self._kept_fulltext = KeptIndex(self._vectors), KeptIndex(self._fulltext)

    @classmethod
    def share(cls, folder: Path, dimensions: int) -> Indexes:
        """The indexes of this resolved folder, which is made if need be; each `share` wants one `release`."""
        with cls._guard:
            indexes = cls._shared.get(folder)
            if indexes is None:
                try:
                    indexes = cls(folder, dimensions)
                except OSError as error:
                    raise LibraryError(
                        f"the library folder {folder} cannot be made or written ({error.strerror or error}); "
                        "choose another"
                    ) from error
                cls._shared[folder] = indexes
            indexes._users += 1
            return indexes

    def release(self) -> None:
        """Close the indexes when their last user goes."""
        with self._guard:
            self._users -= 1
            if self._users:
                return
            self._shared.pop(self._folder, None)
            for kept in (self._kept_vectors, self._kept_fulltext):
                with self._touching(kept):
                    kept.close()

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Be the only writer of the library; LibraryError when another stays for WRITER_SECONDS."""
        refusal = (
            f"another process is adding to the library {self._folder}; wait until it has finished and repeat"
        )
        with self._writer.held(WRITER_SECONDS, refusal):
            yield

    def catch_up(self, changes: Changes, vectors_above: int = 0) -> None:
        """Bring both indexes to the state of the catalog. The caller is the writer.

        Up to `vectors_above` passages no vector index is begun: it would not be asked.
        """
        self._follow(self._kept_fulltext, changes)
        if changes.passage_count() > vectors_above or self._kept_vectors.stamp() is not None:
            self._follow(self._kept_vectors, changes)
        if changes.removed_since(0):
            changes.forget_removals()

    def rebuild(self, changes: Changes, progress: Progress | None) -> None:
        """Make both indexes anew. The caller is the writer; `progress` counts passages in the slower one."""
        self._follow(self._kept_fulltext, changes, anew=True)
        self._follow(self._kept_vectors, changes, anew=True, progress=progress)

    def nearest(self, changes: Changes, vector: npt.ArrayLike, n: int) -> list[str] | None:
        """About the n nearest passages; None when the index cannot be used now."""
        return self._ask(self._kept_vectors, changes, lambda: self._vectors.nearest(vector, n))

    def matching(
        self, changes: Changes, words: str, k: int, filters: Filters = NO_FILTERS
    ) -> list[tuple[str, float]] | None:
        """The k that match best of those that pass, with scores; None when the index cannot be used now."""
        return self._ask(self._kept_fulltext, changes, lambda: self._fulltext.matching(words, k, filters))

    def frequencies(self, changes: Changes, words: Sequence[str]) -> dict[str, int] | None:
        """In how many passages each word stands; None when the index cannot be used now."""
        return self._ask(self._kept_fulltext, changes, lambda: self._fulltext.frequencies(words))

    def _ask(self, kept: KeptIndex, changes: Changes, question: Callable[[], Answer]) -> Answer | None:
        """`question()` of an index in step with the catalog, or as far as a writer at work has brought it.

        An index that is behind and has no writer was left by one that died: it is brought up first. While
        one is made from nothing it is not asked, for it would miss what was found the minute before.
        """
        writer_at_work = damaged = False
        try:
            for _ in range(3):
                try:
                    with self._touching(kept):
                        reached = _generation(kept)
                        if writer_at_work and not reached:
                            return None
                        if writer_at_work or reached == changes.generation():
                            if kept.ready_to_read():
                                _check_count(kept, changes, reached)
                            return question()
                except DamagedIndexError as error:
                    _log.warning("%s; it is made again from the catalog", error)
                    damaged = True
                if writer_at_work:
                    return None
                writer_at_work = not self._repaired(kept, changes, damaged)
        except LibraryError as error:
            _log.warning("searching without the index: %s", error)
        return None

    def _repaired(self, kept: KeptIndex, changes: Changes, anew: bool) -> bool:
        if not self._writer.acquire(0):
            return False
        try:
            self._follow(kept, changes, anew=anew)
        finally:
            self._writer.release()
        return True

    def _follow(
        self, kept: KeptIndex, changes: Changes, anew: bool = False, progress: Progress | None = None
    ) -> None:
        reached = _generation(kept)
        generation = changes.generation()
        if anew or reached is None or reached > generation:
            self._fill(kept, changes, progress)
        elif reached < generation:
            try:
                self._extend(kept, changes, reached, progress)
            except DamagedIndexError as error:
                _log.warning("%s; it is made again from the catalog", error)
                self._fill(kept, changes, progress)

    def _fill(self, kept: KeptIndex, changes: Changes, progress: Progress | None) -> None:
        with self._touching(kept):
            kept.erase()
        try:
            self._extend(kept, changes, 0, progress)
        except DamagedIndexError as error:
            # Chroma does not say so when the disk is full: "Failed to apply logs to the metadata segment".
            raise LibraryError(
                f"{error}, and making it anew failed: the disk may be full or failing; make room and repeat, "
                "the articles themselves are stored"
            ) from error

    def _extend(self, kept: KeptIndex, changes: Changes, reached: int, progress: Progress | None) -> None:
        """Apply what the catalog did after generation `reached`. Done twice, it changes nothing more."""
        size, done, total = kept.index.batch, 0, changes.passage_count()
        gone = changes.removed_since(reached)
        for start in range(0, len(gone), size):
            with self._touching(kept):
                kept.ready_to_write()
                kept.index.remove(gone[start : start + size])
        for rows in changes.passages_since(reached, size):
            with self._touching(kept):
                kept.ready_to_write()
                kept.index.add(rows)
            done += len(rows)
            if progress is not None:
                progress(done, total)
        with self._touching(kept):
            kept.ready_to_write()
            generation = changes.generation()
            _check_count(kept, changes, generation)
            kept.reach(generation)

    @contextmanager
    def _touching(self, kept: KeptIndex) -> Iterator[None]:
        refusal = (
            f"another process holds the indexes of the library {self._folder}; end it or wait, and repeat"
        )
        with self._touch.held(_TOUCH_SECONDS, refusal):
            try:
                yield
            except BaseException as error:
                # Whatever an index was doing, the next touch starts from what is on disk.
                with suppress(DamagedIndexError):
                    kept.close()
                if isinstance(error, OSError):
                    raise LibraryError(
                        f"the index {kept.index.folder} cannot be written ({error.strerror or error}); make "
                        "room or make it writable and repeat, the articles themselves are stored"
                    ) from error
                raise


def _generation(kept: KeptIndex) -> int | None:
    stamp = kept.stamp()
    return None if stamp is None else stamp.generation


def _check_count(kept: KeptIndex, changes: Changes, generation: int | None) -> None:
    """Compare the counts of index and catalog, unless the catalog has left that generation."""
    now, wanted = changes.state()
    held = kept.index.count()
    if now == generation and held != wanted:
        raise DamagedIndexError(f"the index {kept.index.folder} holds {held} passages, the catalog {wanted}")
