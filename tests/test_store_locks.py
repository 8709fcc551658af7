from __future__ import annotations

import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from briefing.errors import LibraryError
from briefing.store.locks import TurnLock

HOLDER = """
import sys, time
from pathlib import Path
from briefing.store.locks import TurnLock
lock = TurnLock(Path(sys.argv[1]))
end = time.monotonic() + float(sys.argv[2])
while time.monotonic() < end:  # holds it nearly always, as an app that searches in a loop
    with lock.held(5, "refused"):
        print("held", flush=True)
        time.sleep(0.01)
"""


def test_a_lock_is_held_by_one_thread_at_a_time(tmp_path: Path) -> None:
    lock, inside, most = TurnLock(tmp_path / "lock"), 0, 0
    counting = threading.Lock()

    def work() -> None:
        nonlocal inside, most
        for _ in range(30):
            with lock.held(20, "refused"):
                with counting:
                    inside += 1
                    most = max(most, inside)
                time.sleep(0.0005)
                with counting:
                    inside -= 1

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (inside, most) == (0, 1)


def test_a_waiting_thread_gets_its_turn_from_one_that_never_pauses(tmp_path: Path) -> None:
    lock, stop, waited = TurnLock(tmp_path / "lock"), threading.Event(), []

    def hog() -> None:
        while not stop.is_set():
            with lock.held(5, "refused"):
                time.sleep(0.005)

    thread = threading.Thread(target=hog)
    thread.start()
    for _ in range(20):
        start = time.monotonic()
        with lock.held(5, "refused"):
            waited.append(time.monotonic() - start)
    stop.set()
    thread.join()
    assert max(waited) < 1


def test_a_waiting_process_gets_its_turn_and_a_dead_one_leaves_none_behind(tmp_path: Path) -> None:
    path = tmp_path / "lock"
    process = subprocess.Popen([sys.executable, "-c", HOLDER, str(path), "60"], stdout=subprocess.PIPE)
    try:
        assert process.stdout is not None
        process.stdout.readline()
        lock, waited = TurnLock(path), []
        for _ in range(20):
            start = time.monotonic()
            with lock.held(5, "refused"):
                waited.append(time.monotonic() - start)
        assert sum(waited) / len(waited) < 0.5
    finally:
        process.kill()
        process.communicate()
    assert lock.acquire(1)
    lock.release()


def test_who_waits_too_long_is_told(tmp_path: Path) -> None:
    lock = TurnLock(tmp_path / "lock")
    with lock.held(1, "unused"):
        assert not lock.acquire(0)
        with pytest.raises(LibraryError, match="somebody else"), lock.held(0.05, "somebody else has it"):
            pytest.fail("a second holder")
    assert lock.acquire(0)
    lock.release()


def test_a_lock_file_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "lock").mkdir()
    lock = TurnLock(tmp_path / "lock")
    for _ in range(2):  # and nothing stays held
        with pytest.raises(LibraryError, match="cannot be used"):
            lock.acquire(1)
