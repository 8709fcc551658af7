"""One holder at a time, among all threads of all processes that use a library folder."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from briefing.errors import LibraryError

if TYPE_CHECKING:
    from fasteners import InterProcessLock

# A waiting process looks again after 2 ms, then ever later up to 20 ms: a search is a matter of
# milliseconds, and the library's own 10 to 100 ms would be most of its time.
_FIRST_LOOK, _LAST_LOOK = 0.002, 0.02


class TurnLock:
    """An exclusive lock on `path` in which everybody who waits gets a turn.

    A holder that releases and asks again at once would nearly always win against a waiter that looks
    every few milliseconds: an app that searches in a loop kept a writer out for as long as it looped.
    So whoever wants the lock first takes the gate, and keeps it until he has the lock: the last holder
    must then queue behind him. Threads pass the same two doors in front of those of the processes.

    POSIX drops a process's locks on a file as soon as any descriptor of that file is closed, so a process
    must have one TurnLock a path. The kernel frees the locks of a process that dies.
    """

    def __init__(self, path: Path) -> None:
        from fasteners import InterProcessLock

        self._path = path
        self._thread_gate, self._thread_lock = threading.Lock(), threading.Lock()
        self._gate = InterProcessLock(path.with_name(path.name + ".gate"))
        self._lock = InterProcessLock(path)

    def acquire(self, seconds: float) -> bool:
        """Whether the lock was had within `seconds`; 0 asks once. LibraryError when the file cannot be."""
        end = time.monotonic() + seconds
        if not self._thread_gate.acquire(timeout=seconds):
            return False
        try:
            if not self._thread_lock.acquire(timeout=_left(end)):
                return False
        finally:
            self._thread_gate.release()
        held = False
        try:
            held = self._acquire_from_processes(end)
        finally:
            if not held:
                self._thread_lock.release()
        return held

    def release(self) -> None:
        """Let the next one in."""
        try:
            self._lock.release()
        finally:
            self._thread_lock.release()

    @contextmanager
    def held(self, seconds: float, refusal: str) -> Iterator[None]:
        """Hold the lock for a `with` block; LibraryError(refusal) when it is not had within `seconds`."""
        if not self.acquire(seconds):
            raise LibraryError(refusal)
        try:
            yield
        finally:
            self.release()

    def _acquire_from_processes(self, end: float) -> bool:
        try:
            if not _try(self._gate, end):
                return False
            try:
                return _try(self._lock, end)
            finally:
                self._gate.release()
        except (OSError, threading.ThreadError) as error:
            reason = os.strerror(error.errno) if isinstance(error, OSError) and error.errno else str(error)
            raise LibraryError(
                f"the lock file {self._path} cannot be used ({reason}); the library folder must be writable "
                "and on a disk that supports file locks"
            ) from error


def _try(lock: InterProcessLock, end: float) -> bool:
    return bool(lock.acquire(delay=_FIRST_LOOK, max_delay=_LAST_LOOK, timeout=_left(end)))


def _left(end: float) -> float:
    return max(0.0, end - time.monotonic())
