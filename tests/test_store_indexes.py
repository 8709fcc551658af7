from __future__ import annotations

import shutil
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from briefing.errors import LibraryError
from briefing.store import Store, indexes
from tests.store_entries import DIMENSIONS, EMBEDDER, entry


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    with Store.open(tmp_path / "library", EMBEDDER, DIMENSIONS) as store:
        store.add([entry(n) for n in range(400)])  # enough for Chroma to write its graph to disk
    return tmp_path / "library"


@pytest.fixture
def store(folder: Path) -> Iterator[Store]:
    with Store.open(folder, EMBEDDER, DIMENSIONS) as opened:
        yield opened


def found_by_index(store: Store, number: int) -> bool:
    """Whether both indexes themselves, not the ways around them, find an entry."""
    one, kept = entry(number), store._indexes
    assert kept is not None
    near = kept.nearest(store._changes, one.vectors[0], 1)
    matching = kept.matching(store._changes, f"pier {number} delegates", 10)
    return near == [one.passages[0].id] and one.passages[0].id in [i for i, _ in matching or []]


def _delete(path: Path) -> None:
    shutil.rmtree(path)


def _garbage(path: Path) -> None:
    for file in path.rglob("*"):
        if file.is_file() and file.name != "stamp.json":
            file.write_bytes(b"garbage" * 99)


def _empty(path: Path) -> None:
    for inner in path.iterdir():
        if inner.name != "stamp.json":
            shutil.rmtree(inner) if inner.is_dir() else inner.unlink()


def _file_instead(path: Path) -> None:
    shutil.rmtree(path)
    path.write_text("not a folder")


def _old_stamp(path: Path) -> None:
    (path / "stamp.json").write_text('{"version": 1, "generation": 1, "written": "', "utf-8")


@pytest.mark.parametrize("name", ["vectors", "fulltext"])
@pytest.mark.parametrize("harm", [_delete, _garbage, _empty, _file_instead, _old_stamp])
@pytest.mark.parametrize("when", ["closed", "open"])
def test_an_index_that_is_lost_is_made_again_by_the_next_search(
    folder: Path, name: str, harm: Callable[[Path], None], when: str
) -> None:
    with Store.open(folder, EMBEDDER, DIMENSIONS) as store:
        if when == "open":
            assert found_by_index(store, 7)
        harm(folder / name)
        if when == "open":
            store.add([entry(500)])  # what is open must see the harm, not write on as if nothing were
            assert found_by_index(store, 500)
        assert found_by_index(store, 7)
        assert found_by_index(store, 399)


def test_an_index_copied_from_an_older_state_catches_up(folder: Path, tmp_path: Path) -> None:
    shutil.copytree(folder / "vectors", tmp_path / "old")
    with Store.open(folder, EMBEDDER, DIMENSIONS) as store:
        store.add([entry(500)])
        store.remove([entry(3).article.id])
    shutil.rmtree(folder / "vectors")
    shutil.copytree(tmp_path / "old", folder / "vectors")
    with Store.open(folder, EMBEDDER, DIMENSIONS) as store:
        assert found_by_index(store, 500)
        assert not found_by_index(store, 3)


def test_a_catalog_copied_from_an_older_state_is_believed(folder: Path, tmp_path: Path) -> None:
    shutil.copy(folder / "catalog.sqlite3", tmp_path / "old")
    with Store.open(folder, EMBEDDER, DIMENSIONS) as store:
        store.add([entry(500)])
    shutil.copy(tmp_path / "old", folder / "catalog.sqlite3")
    with Store.open(folder, EMBEDDER, DIMENSIONS) as store:
        assert not found_by_index(store, 500)
        assert found_by_index(store, 7)


def test_a_new_version_of_an_index_is_made_from_the_catalog(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = {p.name for p in (folder / "fulltext").glob("*.term")}
    monkeypatch.setattr("briefing.store.fulltext.FullText.version", 99)
    with Store.open(folder, EMBEDDER, DIMENSIONS) as store:
        assert found_by_index(store, 7)
    assert before.isdisjoint(p.name for p in (folder / "fulltext").glob("*.term"))


def test_rebuilding_counts_passages_and_loses_none(store: Store) -> None:
    seen: list[tuple[int, int]] = []
    store.rebuild(lambda done, total: seen.append((done, total)))
    assert seen[-1] == (1200, 1200)
    assert seen == sorted(seen)
    assert found_by_index(store, 0)
    assert found_by_index(store, 399)


def test_all_articles_removed_leave_empty_indexes(store: Store) -> None:
    assert store.remove([a.id for a in store.articles()]) == 400
    assert store.nearest(entry(1).vectors[0], 5) == store.matching("pier", 5) == []
    store.add([entry(1)])
    assert found_by_index(store, 1)


def test_a_second_writer_waits_only_so_long(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(indexes, "WRITER_SECONDS", 0.1)
    assert store._indexes is not None
    with store._indexes.writing(), pytest.raises(LibraryError, match="another process is adding"):
        store.add([entry(500)])
    store.add([entry(500)])
    assert found_by_index(store, 500)


def test_while_an_index_is_made_from_nothing_searches_miss_nothing(store: Store) -> None:
    one, during = entry(7), []

    def look(done: int, total: int) -> None:
        thread = threading.Thread(target=ask)
        thread.start()
        thread.join()

    def ask() -> None:
        during.append((store.nearest(one.vectors[0], 1)[0][0], len(store.matching("pier", 2000))))

    store.rebuild(look)
    assert during == [(one.passages[0].id, 1200)] * len(during)
    assert len(during) >= 2


def test_several_stores_and_threads_of_one_process_get_along(
    folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """As a page does: every session has threads of its own, and one of them adds."""
    faults: list[object] = []
    stop = threading.Event()

    def search(store: Store, number: int) -> None:
        try:
            while not stop.is_set():
                if not found_by_index(store, number):
                    faults.append(number)
                store.articles(ids=[entry(number).article.id])
        except Exception as error:
            faults.append(error)

    with Store.open(folder, EMBEDDER, DIMENSIONS) as one, Store.open(folder, EMBEDDER, DIMENSIONS) as two:
        threads = [threading.Thread(target=search, args=(s, n)) for s, n in ((one, 1), (two, 2), (two, 3))]
        for thread in threads:
            thread.start()
        for number in range(600, 605):
            one.add([entry(number)])
            if not found_by_index(two, number):
                faults.append(number)
        two.remove([entry(600).article.id])
        stop.set()
        for thread in threads:
            thread.join()
        one.close()  # the shared indexes live on for the other store
        assert found_by_index(two, 604)
    assert faults == []
    assert [r.message for r in caplog.records] == []
