"""What the vectors and the full text have in common: indexes made from the catalog, with a stamp that
tells how far each has come and who touched it last.
"""

from __future__ import annotations

import json
import shutil
import uuid
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from briefing.errors import LibraryError

if TYPE_CHECKING:
    from briefing.store.changes import PassageRow


class DamagedIndexError(LibraryError):
    """A derived index cannot be read or does not hold what it should; it is made again from the catalog."""


class DerivedIndex(Protocol):
    """An index of passages in a folder of its own. Any method may raise DamagedIndexError."""

    folder: Path
    batch: int  # passages to a call of `add`
    version: int  # of what is stored for a passage: another number makes the index anew

    def open(self) -> None:
        """Open the index, or make an empty one."""

    def close(self) -> None:
        """Let go of every file; without effect when it is not open."""

    def add(self, rows: Sequence[PassageRow]) -> None:
        """Store passages; one that is stored already is not doubled."""

    def remove(self, passage_ids: Sequence[str]) -> None:
        """Drop passages; unknown ids are no error."""

    def count(self) -> int:
        """How many passages it holds."""


@dataclass(frozen=True)
class Stamp:
    """`generation` of the catalog is wholly in the index. `written` and `opened` name the last write and
    the last opening by any process: random, so that no name ever comes back after a folder was deleted.
    """

    version: int
    generation: int
    written: str
    opened: str


class KeptIndex:
    """A derived index with its stamp. Every call needs the index lock of the library.

    Chroma does not see what another process wrote, and a client that writes without knowing it destroys
    the store. So an open index is used for reading only while nobody else has written since, and for
    writing only while nobody else has even opened it: opening one may write too (it replays a log).
    """

    def __init__(self, index: DerivedIndex) -> None:
        self.index = index
        self._stamp_path = index.folder / "stamp.json"
        self._mine: Stamp | None = None

    def stamp(self) -> Stamp | None:
        """The stamp on disk; None when the index must be made anew."""
        try:
            stamp = Stamp(**json.loads(self._stamp_path.read_text("utf-8")))
        except (OSError, ValueError, TypeError):
            return None
        return stamp if stamp.version == self.index.version else None

    def ready_to_read(self) -> bool:
        """See to it that the open index shows the last write; whether it had to be opened for that."""
        stamp = self.stamp()
        if stamp is None:
            raise DamagedIndexError(f"the index {self.index.folder} has no stamp")
        if self._mine is not None and self._mine.written == stamp.written:
            return False
        self._open(stamp)
        return True

    def ready_to_write(self) -> None:
        """See to it that the open index knows all that was written, and that everybody else will reopen."""
        stamp = self.stamp() or Stamp(self.index.version, 0, "", "")
        if self._mine is None or (self._mine.written, self._mine.opened) != (stamp.written, stamp.opened):
            stamp = self._open(stamp)
        self._mine = self._write(replace(stamp, written=uuid.uuid4().hex))

    def reach(self, generation: int) -> None:
        """Record that the index holds all of that generation."""
        stamp = self.stamp()
        if stamp is not None:
            self._write(replace(stamp, generation=generation))

    def close(self) -> None:
        """Let go of the files."""
        self._mine = None
        self.index.close()

    def erase(self) -> None:
        """Delete the index, whatever stands at its place."""
        self.close()
        with suppress(FileNotFoundError):
            if self.index.folder.is_dir() and not self.index.folder.is_symlink():
                shutil.rmtree(self.index.folder)
            else:
                self.index.folder.unlink()

    def _open(self, stamp: Stamp) -> Stamp:
        self.close()
        stamp = self._write(replace(stamp, opened=uuid.uuid4().hex))
        self.index.open()
        self._mine = stamp
        return stamp

    def _write(self, stamp: Stamp) -> Stamp:
        self.index.folder.mkdir(parents=True, exist_ok=True)
        draft = self._stamp_path.with_suffix(".new")
        draft.write_text(json.dumps(asdict(stamp)), "utf-8")
        draft.replace(self._stamp_path)
        return stamp
