from __future__ import annotations

import ctypes
import os
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from briefing.errors import LibraryError
from briefing.store import Store, schema
from briefing.types import Filters
from tests.store_entries import DIMENSIONS, EMBEDDER, entry

_PR_CAPBSET_DROP, _CAP_DAC_OVERRIDE = 24, 1


def _filled(folder: Path) -> Path:
    with Store.open(folder, EMBEDDER, DIMENSIONS) as store:
        store.add([entry(1), entry(2)])
    return folder


def test_vectors_of_two_embedders_are_never_mixed(tmp_path: Path) -> None:
    folder = _filled(tmp_path / "library")
    for embedder, dimensions in (("another", DIMENSIONS), (EMBEDDER, DIMENSIONS + 1)):
        with pytest.raises(LibraryError, match=f"holds vectors of {EMBEDDER}"):
            Store.open(folder, embedder, dimensions)
    Store.open(folder, EMBEDDER, DIMENSIONS).close()


def test_a_newer_schema_is_left_alone(tmp_path: Path) -> None:
    folder = _filled(tmp_path / "library")
    with sqlite3.connect(folder / "catalog.sqlite3") as connection:
        connection.execute("UPDATE meta SET value = '99' WHERE key = 'schema'")
    connection.close()
    with pytest.raises(LibraryError, match=r"newer version .*schema 99, this one knows 4"):
        Store.open(folder, EMBEDDER, DIMENSIONS)


# What each version of the catalog has more than the one before it, to be taken away again.
UNDO = {
    2: ("ALTER TABLE statements DROP COLUMN stance", "ALTER TABLE statements DROP COLUMN nested"),
    3: (
        "DROP INDEX articles_by_outlet",
        "DROP INDEX statements_by_speaker",
        "DROP INDEX statements_by_surname",
        "ALTER TABLE statements DROP COLUMN content_start",
        "ALTER TABLE statements DROP COLUMN content_end",
    ),
    4: ("DROP TABLE replies", "DROP TABLE spending"),
}


def _earlier(folder: Path, version: int) -> Path:
    """A library as an earlier version of the program wrote it."""
    with sqlite3.connect(folder / "catalog.sqlite3") as connection:
        for later in range(schema.VERSION, version, -1):
            for command in UNDO[later]:
                connection.execute(command)
        connection.execute("UPDATE meta SET value = ? WHERE key = 'schema'", [str(version)])
    connection.close()
    return folder


@pytest.mark.parametrize("version", range(1, schema.VERSION))
def test_an_earlier_schema_is_brought_up_and_loses_nothing(tmp_path: Path, version: int) -> None:
    folder = _earlier(_filled(tmp_path / "library"), version)
    for _ in range(2):
        with Store.open(folder, EMBEDDER, DIMENSIONS) as store:
            found = store.statements()
            assert [s.speaker for s in found] == ["Ada Nilsson"] * 2
            assert {(s.stance, s.nested) for s in found} == {("states", ())}
            spoken = store.passing([p.id for p in entry(1).passages], Filters(party="Harbour Council"))
            assert spoken == [entry(1).passages[1].id]
            assert store.speakers(["nilsson"]) == ["Ada Nilsson"]
            assert store.ledger.kept_reply("key") is None
    with sqlite3.connect(folder / "catalog.sqlite3") as connection:
        names = {row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'index'")}
    connection.close()
    assert {str(index.name) for table in schema.metadata.tables.values() for index in table.indexes} <= names


def test_a_file_that_is_no_database_is_told_and_kept(tmp_path: Path) -> None:
    path = tmp_path / "catalog.sqlite3"
    path.write_bytes(b"these are my notes\n" * 100)
    with pytest.raises(LibraryError, match="not a library catalog"):
        Store.open(tmp_path, EMBEDDER, DIMENSIONS)
    assert path.read_bytes() == b"these are my notes\n" * 100


def test_somebody_elses_database_is_told_and_kept(tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "catalog.sqlite3") as connection:
        connection.execute("CREATE TABLE recipes (name TEXT)")
    connection.close()
    with pytest.raises(LibraryError, match="not a library catalog"):
        Store.open(tmp_path, EMBEDDER, DIMENSIONS)


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(LibraryError, match="cannot be made"):
        Store.open(tmp_path / "file" / "library", EMBEDDER, DIMENSIONS)


def test_a_folder_is_made_with_its_parents_and_found_by_another_spelling(tmp_path: Path) -> None:
    folder = _filled(tmp_path / "a" / "b")
    (tmp_path / "link").symlink_to(folder)
    with (
        Store.open(tmp_path / "link", EMBEDDER, DIMENSIONS) as one,
        Store.open(folder / ".." / "b", EMBEDDER, DIMENSIONS) as two,
    ):
        one.add([entry(3)])
        assert two.nearest(entry(3).vectors[0], 1)[0][0] == entry(3).passages[0].id


def test_opening_loads_neither_chroma_nor_tantivy(tmp_path: Path) -> None:
    folder = _filled(tmp_path / "library")
    code = (
        "import sys; from pathlib import Path; from briefing.store import Store\n"
        f"with Store.open(Path({str(folder)!r}), {EMBEDDER!r}, {DIMENSIONS}) as store: store.articles()\n"
        "print([m for m in ('chromadb', 'tantivy', 'onnxruntime') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


READ_ONLY = """
import sys
import numpy as np
from pathlib import Path
from briefing.errors import LibraryError
from briefing.store import Store, schema
from briefing.types import Filters
from tests.store_entries import DIMENSIONS, EMBEDDER, entry
with Store.open(Path(sys.argv[1]), EMBEDDER, DIMENSIONS) as store:
    one = entry(1)
    assert store.articles(ids=[one.article.id]) == [one.article]
    assert store.nearest(one.vectors[0], 1) == [(one.passages[0].id, 1.0)]
    assert len(store.matching("delegates", 5)) == 2
    for write in (lambda: store.add([entry(3)]), lambda: store.remove([one.article.id]), store.rebuild,
                  lambda: store.append_turn("a", "b")):
        try:
            write()
        except LibraryError as error:
            assert "read-only" in str(error), error
        else:
            raise AssertionError("a read-only library was written")
try:
    Store.open(Path(sys.argv[1]) / "new", EMBEDDER, DIMENSIONS)
except LibraryError as error:
    print(error)
"""


def _like_any_user() -> None:
    """Root may write everywhere; take that from the process to be started."""
    if os.geteuid() == 0 and ctypes.CDLL(None).prctl(_PR_CAPBSET_DROP, _CAP_DAC_OVERRIDE, 0, 0, 0) != 0:
        os._exit(77)


def _read_by_any_user(folder: Path) -> subprocess.CompletedProcess[str]:
    paths = [folder, *folder.rglob("*")]
    for path in paths:
        path.chmod(0o555 if path.is_dir() else 0o444)
    try:
        done = subprocess.run(
            [sys.executable, "-W", "error", "-c", READ_ONLY, str(folder)],
            preexec_fn=_like_any_user,
            capture_output=True,
            text=True,
        )
    finally:
        for path in paths:
            path.chmod(0o755)
    if done.returncode == 77:
        pytest.skip("this container does not let root give up its rights")
    return done


linux_only = pytest.mark.skipif(
    sys.platform != "linux", reason="takes its right to write everywhere from root"
)


@linux_only
def test_a_read_only_library_can_be_read_and_searched(tmp_path: Path) -> None:
    done = _read_by_any_user(_filled(tmp_path / "library"))
    assert (done.returncode, done.stderr) == (0, "")
    assert "cannot be made or written" in done.stdout


@linux_only
def test_a_read_only_copy_of_an_open_library_can_be_read_if_it_is_whole(tmp_path: Path) -> None:
    with Store.open(tmp_path / "library", EMBEDDER, DIMENSIONS) as store:
        store.add([entry(1), entry(2)])
        shutil.copytree(tmp_path / "library", tmp_path / "whole")
        shutil.copytree(tmp_path / "library", tmp_path / "half", ignore=shutil.ignore_patterns("*-shm"))
    assert _read_by_any_user(tmp_path / "whole").returncode == 0
    assert "was not closed properly" in _read_by_any_user(tmp_path / "half").stderr


FULL_DISK = """
import resource, sys
from pathlib import Path
from briefing.errors import LibraryError
from briefing.store import Store, indexes
from tests.store_entries import DIMENSIONS, EMBEDDER, entry

def fill_disk():
    resource.setrlimit(resource.RLIMIT_FSIZE, (300_000, 300_000))

def catch_up(self, changes, above, plain=indexes.Indexes.catch_up):
    fill_disk()
    plain(self, changes, above)

with Store.open(Path(sys.argv[1]), EMBEDDER, DIMENSIONS) as store:
    if sys.argv[2] == "before the catalog":
        fill_disk()
    indexes.Indexes.catch_up = catch_up
    try:
        store.add([entry(n) for n in range(100, 1100)])
    except LibraryError as error:
        print(error)
    one = entry(1)
    assert store.articles(ids=[one.article.id]) == [one.article]
    assert store.nearest(one.vectors[0], 1)[0][0] == one.passages[0].id
    assert one.passages[1].id in [i for i, _ in store.matching("pier 1", 5)]
    print(store.count()["articles"])
"""


@pytest.mark.skipif(sys.platform == "win32", reason="limits the size of files as POSIX can")
@pytest.mark.parametrize(
    ("when", "what", "stored"),
    [
        ("before the catalog", "the disk refuses to write the library", 2),
        ("after", "the disk may be full", 1002),
    ],
)
def test_a_full_disk_is_told_and_costs_nothing(tmp_path: Path, when: str, what: str, stored: int) -> None:
    folder = _filled(tmp_path / "library")
    done = subprocess.run(
        [sys.executable, "-c", FULL_DISK, str(folder), when], capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    told, articles = done.stdout.splitlines()
    assert what in told
    assert int(articles) == stored
    with Store.open(folder, EMBEDDER, DIMENSIONS) as store:
        store.add([entry(n) for n in range(100, 1100)])
        assert store.count()["articles"] == 1002
        for number in (1, 2, 100, 1099):
            assert store.nearest(entry(number).vectors[0], 1)[0][0] == entry(number).passages[0].id
