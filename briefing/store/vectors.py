"""Nearest passages by meaning. The only module that knows Chroma.

Chroma 1.5.9 in one process keeps every record it acknowledged, also when it is killed. Two processes in
one folder destroy it, even by turns, unless each opens it anew after the other (`derived.KeptIndex`).
A `where` filter is a scan over all records (70 ms at 100,000), so none is ever used.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from briefing.errors import LibraryError
from briefing.store.database import disk_refuses
from briefing.store.derived import DamagedIndexError
from briefing.store.rows import to_vectors

if TYPE_CHECKING:
    from chromadb.api.models.Collection import Collection

    from briefing.store.changes import PassageRow

_COLLECTION = "passages"


class VectorIndex:
    """Approximate nearest neighbours by cosine; the vectors are always ours, Chroma embeds nothing."""

    batch = 500  # about half a second of work, for which a search may have to wait; Chroma takes 5,461
    version = 1

    def __init__(self, folder: Path, dimensions: int) -> None:
        self.folder, self._dimensions = folder, dimensions
        self._client: Any = None  # ClientAPI, whose type does not know close()
        self._passages: Collection | None = None

    def open(self) -> None:
        """Open the index or make an empty one. The first call of a process imports chromadb: 0.9 s."""
        import chromadb
        from chromadb.config import Settings

        # Without `_env_file` Chroma reads the .env of whatever folder the user stands in.
        settings = Settings(anonymized_telemetry=False, _env_file=None)
        try:
            with self._damage():
                self._client = chromadb.PersistentClient(path=str(self.folder), settings=settings)
                self._passages = self._client.get_or_create_collection(
                    _COLLECTION, embedding_function=None, configuration={"hnsw": {"space": "cosine"}}
                )
        except DamagedIndexError:
            self.close()
            self._forget_half_started()
            raise

    def close(self) -> None:
        """Stop Chroma for this folder; it must not live on while another process writes."""
        client, self._client, self._passages = self._client, None, None
        if client is not None:
            with self._damage():
                client.close()

    def add(self, rows: Sequence[PassageRow]) -> None:
        """Store passages. A stored id keeps its vector: `upsert` of 1,000 known ids takes 9 s, this 0.1 s."""
        with self._damage():
            vectors = to_vectors([row.vector for row in rows], self._dimensions)
            self._open_collection().add(ids=[row.id for row in rows], embeddings=vectors)

    def remove(self, passage_ids: Sequence[str]) -> None:
        """Drop passages."""
        with self._damage():
            self._open_collection().delete(ids=list(passage_ids))

    def count(self) -> int:
        """How many passages it holds."""
        with self._damage():
            return self._open_collection().count()

    def nearest(self, vector: npt.ArrayLike, n: int) -> list[str]:
        """The ids of about the n nearest passages; fewer than n when there are fewer."""
        with self._damage():
            query: Any = np.asarray(vector, dtype=np.float32).reshape(1, -1)
            found = self._open_collection().query(query_embeddings=query, n_results=n, include=[])
            return list(found["ids"][0])

    def _open_collection(self) -> Collection:
        if self._passages is None:
            raise DamagedIndexError(f"the vector index {self.folder} is not open")
        return self._passages

    def _forget_half_started(self) -> None:
        # A start that fails stays in Chroma's table of running systems and spoils the next one on that path.
        # The public clear_system_cache() would also take away the systems of other libraries.
        from chromadb.api.shared_system_client import SharedSystemClient

        SharedSystemClient._identifier_to_system.pop(str(self.folder), None)

    @contextmanager
    def _damage(self) -> Iterator[None]:
        try:
            yield
        except DamagedIndexError:
            raise
        # No common class: InternalError, ValueError, AttributeError of a client that started halfway.
        except Exception as error:
            if disk_refuses(str(error)):
                raise LibraryError(
                    f"the disk refuses to write the vector index {self.folder} ({error}): it is full, over "
                    "its quota or failing; make room and repeat, the articles themselves are stored"
                ) from error
            raise DamagedIndexError(f"the vector index {self.folder} cannot be used: {error}") from error
