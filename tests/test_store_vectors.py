from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from briefing.store.changes import PassageRow
from briefing.store.derived import DamagedIndexError
from briefing.store.vectors import VectorIndex


def _rows(*numbers: int) -> list[PassageRow]:
    return [PassageRow(f"p{n}", "", "", _vector(n).astype("<f2").tobytes()) for n in numbers]


def _vector(number: int) -> np.ndarray:
    row = np.random.default_rng(number).normal(size=8).astype(np.float32)
    return row / np.linalg.norm(row)


def _open(folder: Path) -> VectorIndex:
    index = VectorIndex(folder, 8)
    index.open()
    return index


def test_what_was_added_is_nearest_to_itself_also_after_reopening(tmp_path: Path) -> None:
    index = _open(tmp_path)
    index.add(_rows(*range(50)))
    index.close()
    index.open()
    assert [index.nearest(_vector(n), 1) for n in range(50)] == [[f"p{n}"] for n in range(50)]
    assert len(index.nearest(_vector(0), 999)) == index.count() == 50
    index.close()


def test_adding_again_does_not_double_and_removing_unknown_ids_is_no_error(tmp_path: Path) -> None:
    index = _open(tmp_path)
    index.add(_rows(1, 2))
    index.add(_rows(2, 3))
    index.remove(["p1", "unknown"])
    assert index.count() == 2
    assert set(index.nearest(_vector(1), 5)) == {"p2", "p3"}
    index.close()


def test_an_empty_index_answers(tmp_path: Path) -> None:
    index = _open(tmp_path)
    assert index.nearest(_vector(1), 5) == []
    index.close()
    with pytest.raises(DamagedIndexError, match="not open"):
        index.count()


@pytest.mark.parametrize("name", ["chroma.sqlite3", "*/index_metadata.pickle", "*/header.bin"])
def test_a_damaged_folder_is_told_and_can_be_made_anew_in_the_same_process(tmp_path: Path, name: str) -> None:
    index = _open(tmp_path / "vectors")
    index.add(_rows(*range(1200)))  # more than Chroma holds back before it writes its graph
    index.close()
    other = _open(tmp_path / "other")  # another library open in this process stays unharmed
    other.add(_rows(7))
    next((tmp_path / "vectors").glob(name)).write_bytes(b"garbage" * 300)

    def ask() -> None:
        index.open()
        index.count()

    with pytest.raises(DamagedIndexError):
        ask()
    index.close()
    for path in sorted((tmp_path / "vectors").rglob("*"), reverse=True):
        path.rmdir() if path.is_dir() else path.unlink()
    index.open()
    index.add(_rows(1))
    assert index.nearest(_vector(1), 1) == ["p1"]
    assert other.nearest(_vector(7), 1) == ["p7"]
    index.close()
    other.close()


def test_a_dotenv_in_the_working_folder_does_not_reach_chroma(tmp_path: Path) -> None:
    # The working folder of a test is tmp_path; Chroma's settings would read this file and listen to it.
    (tmp_path / ".env").write_text("CHROMA_API_IMPL=chromadb.api.fastapi.FastAPI\nALLOW_RESET=perhaps\n")
    index = _open(tmp_path / "vectors")
    index.add(_rows(1))
    assert index.count() == 1
    index.close()
