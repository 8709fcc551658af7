"""Several processes on one library. This file is also the program that the other processes run."""

from __future__ import annotations

import logging
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest

from briefing.errors import LibraryError
from briefing.store import Store, indexes
from briefing.store.derived import KeptIndex
from tests.store_entries import DIMENSIONS, EMBEDDER, entry

posix_only = pytest.mark.skipif(sys.platform == "win32", reason="kills with SIGKILL")


class Worker:
    """Another process on the library. It writes to files, to be read while it runs and after a kill."""

    def __init__(self, *words: object) -> None:
        self._folder = Path(tempfile.mkdtemp(dir=Path(str(words[1])).parent))
        with (self._folder / "out").open("w") as out, (self._folder / "err").open("w") as err:
            command = [sys.executable, __file__, *(str(w) for w in words)]
            self.process = subprocess.Popen(command, stdout=out, stderr=err)

    def running(self) -> bool:
        return self.process.poll() is None

    def lines(self) -> list[str]:
        """The whole lines so far."""
        return [
            line[:-1] for line in (self._folder / "out").read_text().splitlines(True) if line.endswith("\n")
        ]

    def acknowledged(self) -> list[int]:
        return [int(line) for line in self.lines()]

    def await_line(self) -> None:
        while self.running() and not self.lines():
            time.sleep(0.01)

    def kill(self) -> None:
        self.process.kill()
        self.process.wait()

    def end(self) -> tuple[int, str]:
        """The exit status and what stands on stderr: warnings of damage are there too."""
        return self.process.wait(), (self._folder / "err").read_text()


def _open(folder: Path) -> Store:
    return Store.open(folder, EMBEDDER, DIMENSIONS)


def _found(store: Store, number: int) -> bool:
    """Whether the vector index itself finds an entry: the exact pass behind it would hide a fault."""
    assert store._indexes is not None
    one = entry(number)
    near = store._indexes.nearest(store._changes, one.vectors[1], 1)
    matching = store._indexes.matching(store._changes, f"pier {number} delegates", 10)
    return near == [one.passages[1].id] and one.passages[0].id in [i for i, _ in matching or []]


def _missing(store: Store, numbers: list[int]) -> list[int]:
    stored = store.known([entry(n).article.id for n in numbers])
    return [n for n in numbers if entry(n).article.id not in stored or not _found(store, n)]


def test_an_open_app_finds_what_another_process_adds_and_removes(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    folder = tmp_path / "library"
    with _open(folder) as app:
        app.add([entry(0)])
        writer, searches, acknowledged = Worker("add", folder, 100, 12, 25), 0, [0]
        while writer.running():
            acknowledged = [0, *writer.acknowledged()]
            for number in (acknowledged[-1], random.choice(acknowledged)):
                assert _found(app, number)
                searches += 1
        assert writer.end() == (0, "")
        acknowledged = [0, *writer.acknowledged()]
        assert len(acknowledged) == 301
        assert _missing(app, acknowledged) == []
        app.add([entry(1)])  # and the app may write after the other
        assert searches > 20
    assert [r.message for r in caplog.records] == []
    with _open(folder) as app:
        assert _missing(app, [*acknowledged, 1]) == []


def test_writers_that_take_turns_and_search_between_lose_nothing(tmp_path: Path) -> None:
    """Each keeps its indexes open while the other writes: this destroys a bare Chroma folder, once they
    have written more than the 1,000 records that Chroma holds back before it writes its graph.
    """
    folder = tmp_path / "library"
    workers = [Worker("add-and-search", folder, 1000 * n, 9) for n in (1, 2)]
    assert [worker.end() for worker in workers] == [(0, "")] * 2
    numbers = [number for worker in workers for number in worker.acknowledged()]
    assert len(numbers) == len(set(numbers)) == 2 * 3 * sum(_SIZES)
    with _open(folder) as store:
        assert store.count()["articles"] == len(numbers)
        assert _missing(store, numbers[::15]) == []


def test_a_new_library_may_be_opened_by_several_at_once(tmp_path: Path) -> None:
    workers = [Worker("add", tmp_path / "library", 10 * n, 1, 2) for n in (1, 2, 3)]
    assert [worker.end() for worker in workers] == [(0, "")] * 3
    with _open(tmp_path / "library") as store:
        assert _missing(store, [10, 11, 20, 21, 30, 31]) == []


@posix_only
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_writer_killed_at_any_moment_loses_nothing_acknowledged(tmp_path: Path, seed: int) -> None:
    folder, chance = tmp_path / "library", random.Random(seed)
    with _open(folder) as app:
        app.add([entry(0)])
        assert _found(app, 0)
        writer = Worker("add", folder, 100, 1000, 40)
        writer.await_line()
        time.sleep(chance.uniform(0.05, 0.9))
        writer.kill()
        assert _missing(app, [0, *writer.acknowledged()]) == []
        count = app.count()["articles"] - 1
        assert count % 40 == 0
        app.add([entry(n) for n in range(100, 100 + count + 40)])  # the killed one's, again
        assert app.count()["articles"] == 1 + count + 40
        assert _missing(app, list(range(100, 100 + count + 40, 7))) == []


@posix_only
@pytest.mark.parametrize("moment", ["catalog", "fulltext", "vectors", "removal"])
def test_a_writer_killed_between_catalog_and_indexes_is_made_good(tmp_path: Path, moment: str) -> None:
    folder = tmp_path / "library"
    with _open(folder) as app:
        app.add([entry(n) for n in range(100)])
        assert _found(app, 1)
        assert Worker("die", folder, moment).end() == (-signal.SIGKILL, "")
        left = range(1, 100) if moment == "removal" else range(150)
        assert app.count()["articles"] == len(left)
        assert _missing(app, list(left)) == []
        assert app._indexes is not None
        near = app._indexes.nearest(app._changes, entry(0).vectors[0], 1000)
        assert near is not None
        passages = sorted(p.id for n in left for p in entry(n).passages)
        assert sorted(near) == sorted(i for i, _ in app.matching("pier", 1000)) == passages


@posix_only
def test_a_writer_that_hangs_is_named_as_the_reason(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "library"
    with _open(folder) as app:
        app.add([entry(0)])
        writer = Worker("hang", folder)
        writer.await_line()
        try:
            monkeypatch.setattr(indexes, "WRITER_SECONDS", 0.3)
            with pytest.raises(LibraryError, match="another process is adding"):
                app.add([entry(1)])
            assert _found(app, 0)  # it can be searched all the same
        finally:
            writer.kill()
        app.add([entry(1)])
        assert _found(app, 1)


def _add(folder: Path, first: int, batches: int, size: int) -> None:
    with _open(folder) as store:
        for start in range(first, first + batches * size, size):
            store.add([entry(n) for n in range(start, start + size)])
            print("\n".join(str(n) for n in range(start, start + size)), flush=True)


_SIZES = (1, 150, 90)


def _add_and_search(folder: Path, first: int, batches: int) -> None:
    chance = random.Random(first)
    mine: list[int] = []
    with _open(folder) as store:
        for batch in range(batches):
            fresh = list(range(first + len(mine), first + len(mine) + _SIZES[batch % 3]))
            store.add([entry(n) for n in fresh])
            mine += fresh
            for number in chance.sample(mine, k=min(batch % 4, len(mine))):
                if not _found(store, number):
                    print(f"{number} is missing", file=sys.stderr)
    print("\n".join(map(str, mine)))


def _die(folder: Path, moment: str) -> None:
    def die(*_: object) -> None:
        os.kill(os.getpid(), signal.SIGKILL)

    if moment in ("catalog", "removal"):
        indexes.Indexes.catch_up = die  # type: ignore[method-assign, assignment]
    else:
        reach = KeptIndex.reach

        def reach_or_die(kept: KeptIndex, generation: int) -> None:
            die() if kept.index.folder.name == moment else reach(kept, generation)

        KeptIndex.reach = reach_or_die  # type: ignore[method-assign, assignment]
    with _open(folder) as store:
        if moment == "removal":
            store.remove([entry(0).article.id])
        store.add([entry(n) for n in range(100, 150)])


def _hang(folder: Path) -> None:
    with _open(folder) as store:
        assert store._indexes is not None
        with store._indexes.writing():
            print("hanging", flush=True)
            time.sleep(60)


def main(command: str, folder: str, *rest: str) -> None:
    logging.basicConfig(level=logging.WARNING)  # what would be mended in silence stands on stderr
    match command:
        case "add":
            _add(Path(folder), *map(int, rest))
        case "add-and-search":
            _add_and_search(Path(folder), *map(int, rest))
        case "die":
            _die(Path(folder), *rest)
        case "hang":
            _hang(Path(folder))


if __name__ == "__main__":
    main(*sys.argv[1:])
