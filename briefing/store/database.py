"""The SQLite file under the catalog: connections, transactions, and its errors in plain words."""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import ConnectionPoolEntry, QueuePool

from briefing.errors import LibraryError
from briefing.store import schema

_BUSY_SECONDS = 30.0


class Database:
    """One SQLite file in WAL mode: many readers beside one writer, in any number of threads and processes.

    `read_only` opens it without writing anything, for a library on a disk or in a folder that refuses writes.
    """

    def __init__(self, path: Path, read_only: bool = False) -> None:
        self.path, self.read_only = path, read_only
        self._immutable = False
        # As many connections as threads ask for: the pool would refuse the sixteenth after half a minute.
        self._engine = sa.create_engine(
            "sqlite://", creator=self._connect, poolclass=QueuePool, max_overflow=-1
        )
        sa.event.listen(self._engine, "connect", _prepare)
        sa.event.listen(self._engine, "begin", _begin)

    def close(self) -> None:
        """Close every connection; the last one to close folds the write-ahead log into the file."""
        self._engine.dispose()

    @property
    def refusal(self) -> str:
        """Why nothing can be stored, where that is so."""
        return (
            f"the library {self.path.parent} is on a read-only disk or not ours to write; use another folder"
        )

    @contextmanager
    def reading(self) -> Iterator[sa.Connection]:
        """A transaction that sees one state of the catalog throughout."""
        with self._plain_errors(), self._engine.begin() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[sa.Connection]:
        """A transaction that holds SQLite's write lock from its start; all of it is kept, or nothing."""
        if self.read_only:
            raise LibraryError(self.refusal)
        with self._plain_errors(), self._engine.execution_options(writing=True).begin() as connection:
            yield connection

    def is_empty(self) -> bool:
        """Whether the file holds no table at all yet."""
        with self.reading() as connection:
            return not sa.inspect(connection).get_table_names()

    def create(self, embedder: str, dimensions: int) -> None:
        """Make the tables of a new catalog, unless another process just did. The caller is the writer."""
        if not self.is_empty():
            return
        with self._plain_errors(), self._engine.connect() as connection:
            connection.exec_driver_sql("COMMIT")  # the journal mode cannot change within a transaction
            connection.exec_driver_sql("PRAGMA journal_mode = WAL")
        values = {"schema": schema.VERSION, "embedder": embedder, "dimensions": dimensions, "generation": 0}
        with self.writing() as connection:
            schema.metadata.create_all(connection)
            rows = [{"key": key, "value": str(value)} for key, value in values.items()]
            connection.execute(sa.insert(schema.meta), rows)

    def check(self, embedder: str, dimensions: int) -> None:
        """See that this program can use the catalog.

        LibraryError when the file is none, was written by a newer version, or holds the vectors of another
        embedder.
        """
        folder = self.path.parent
        if self.read_only:
            self._find_way_to_read()
        with self.reading() as connection:
            if not sa.inspect(connection).has_table("meta"):
                raise LibraryError(f"{self.path} is not a library catalog; choose another folder")
            known = {row.key: row.value for row in connection.execute(sa.select(schema.meta))}
        version = int(known.get("schema", 0))
        if version < schema.VERSION:
            self._upgrade()
        if version > schema.VERSION:
            raise LibraryError(
                f"the library {folder} was written by a newer version of this program "
                f"(schema {version}, this one knows {schema.VERSION}); upgrade the program"
            )
        if (known.get("embedder"), known.get("dimensions")) != (embedder, str(dimensions)):
            raise LibraryError(
                f"the library {folder} holds vectors of {known.get('embedder')} ({known.get('dimensions')} "
                f"dimensions), not of {embedder} ({dimensions}): set that embedder or start a new library"
            )

    def _upgrade(self) -> None:
        """Bring the catalog of an earlier version to this one's tables; all of it is done, or nothing."""
        if self.read_only:
            raise LibraryError(
                f"the library {self.path.parent} was written by an earlier version of this program and "
                "cannot be written here; open it once where it can, then read it here"
            )
        with self.writing() as connection:
            known = sa.select(schema.meta.c.value).where(schema.meta.c.key == "schema")
            # Another process may have done it meanwhile.
            for version in range(int(connection.execute(known).scalar_one()), schema.VERSION):
                for command in schema.UPGRADES[version]:
                    connection.exec_driver_sql(command)
            row = sa.update(schema.meta).where(schema.meta.c.key == "schema")
            connection.execute(row.values(value=str(schema.VERSION)))

    def _find_way_to_read(self) -> None:
        """Read as others may be writing; where SQLite cannot share its log, as a file that never changes."""
        log = self.path.with_name(self.path.name + "-wal")
        try:
            with self._engine.connect() as connection:
                connection.exec_driver_sql("SELECT count(*) FROM sqlite_master")
        except DBAPIError as error:
            if not _cannot_open(error):
                raise self._plain(error) from error
            if log.exists() and log.stat().st_size:
                raise LibraryError(
                    f"the library {self.path.parent} was not closed properly and cannot be written here; "
                    "open it once where it can, then read it here"
                ) from error
            self._immutable = True

    def _connect(self) -> sqlite3.Connection:
        mode = "immutable=1" if self._immutable else "mode=ro" if self.read_only else "mode=rwc"
        return sqlite3.connect(
            f"{self.path.as_uri()}?{mode}",
            uri=True,
            timeout=_BUSY_SECONDS,
            isolation_level=None,
            check_same_thread=False,
        )

    @contextmanager
    def _plain_errors(self) -> Iterator[None]:
        try:
            yield
        except DBAPIError as error:
            raise self._plain(error) from error

    def _plain(self, error: DBAPIError) -> LibraryError:
        reason = str(error.orig)
        folder = self.path.parent
        if disk_refuses(reason):
            return LibraryError(
                f"the disk refuses to write the library {folder} ({reason}): it is full, over its quota or "
                "failing; make room and repeat, nothing stored before is lost"
            )
        if "readonly" in reason:
            return LibraryError(self.refusal)
        if "not a database" in reason or "malformed" in reason:
            return LibraryError(
                f"{self.path} is damaged or not a library catalog ({reason}); restore it from a copy"
            )
        if "locked" in reason:
            return LibraryError(
                f"another process holds the library {folder}; wait until it has finished and repeat"
            )
        return LibraryError(f"the library catalog {self.path} cannot be used: {reason}")


def disk_refuses(reason: str) -> bool:
    """Whether an error text of SQLite, Chroma or the system means a full, limited or failing disk."""
    reason = reason.lower()
    return any(w in reason for w in ("disk is full", "disk i/o error", "no space left", "too large", "quota"))


def each(values: Iterable[str]) -> sa.Select[tuple[str]]:
    """A list of any length as one bound parameter, for `in_`; SQLite takes at most 32,766 of them."""
    return sa.select(sa.func.json_each(json.dumps(list(values))).table_valued("value").c.value)


def is_writable(path: Path) -> bool:
    """Whether this process may write the file or folder."""
    return os.access(path, os.W_OK)


def _cannot_open(error: DBAPIError) -> bool:
    return any(words in str(error.orig) for words in ("unable to open", "readonly", "disk I/O error"))


def _prepare(connection: sqlite3.Connection, _entry: ConnectionPoolEntry) -> None:
    connection.execute("PRAGMA foreign_keys = ON")
    # In WAL mode NORMAL loses no committed work when the process dies; a power cut may cost the last moments.
    connection.execute("PRAGMA synchronous = NORMAL")


def _begin(connection: sa.Connection) -> None:
    # A transaction that starts as a reader and then writes fails when another process wrote meanwhile.
    writing = connection.get_execution_options().get("writing", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")
