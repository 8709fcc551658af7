from __future__ import annotations

import hashlib
import json
import shutil
import sys
from pathlib import Path

import numpy as np
import pytest

from briefing.errors import ModelFileError
from briefing.reading.inference import MODELS, load_tokenizer, open_session

EMBEDDER = "embedder.int8.onnx"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the models' folder that a test may damage."""
    for name in ("checksums.json", "tokenizer.json", EMBEDDER):
        shutil.copy(MODELS / name, tmp_path / name)
    return tmp_path


def test_every_shipped_weights_file_is_listed_with_its_checksum() -> None:
    listed = json.loads((MODELS / "checksums.json").read_text())
    assert set(listed) == {p.name for p in MODELS.glob("*.onnx")} | {"tokenizer.json"}
    for name, checksum in listed.items():
        assert hashlib.sha256((MODELS / name).read_bytes()).hexdigest() == checksum, name


def test_a_session_is_opened_once_and_runs() -> None:
    session = open_session(EMBEDDER)
    assert open_session(EMBEDDER) is session
    ids = np.array([[101, 7592, 102]], np.int64)
    (vectors,) = session.run(None, {"input_ids": ids, "attention_mask": np.ones_like(ids)})
    assert vectors.shape == (1, 384)


def test_the_tokenizer_neither_pads_nor_cuts() -> None:
    tokenizer = load_tokenizer()
    assert (tokenizer.padding, tokenizer.truncation) == (None, None)
    assert len(tokenizer.encode("one").ids) == 3
    assert len(tokenizer.encode("word " * 1000).ids) == 1002


def test_a_missing_file_is_named(folder: Path) -> None:
    (folder / EMBEDDER).unlink()
    with pytest.raises(ModelFileError, match=r"embedder\.int8\.onnx: No such file.*reinstall"):
        open_session(EMBEDDER, folder=folder)


@pytest.mark.parametrize("kept", [0, 1000, -1])
def test_a_file_cut_short_is_refused(folder: Path, kept: int) -> None:
    raw = (folder / EMBEDDER).read_bytes()
    (folder / EMBEDDER).write_bytes(raw[:kept])
    with pytest.raises(ModelFileError, match="damaged"):
        open_session(EMBEDDER, folder=folder)


def test_one_changed_number_is_refused(folder: Path) -> None:
    raw = bytearray((folder / EMBEDDER).read_bytes())
    raw[len(raw) // 2] ^= 1
    (folder / EMBEDDER).write_bytes(raw)
    with pytest.raises(ModelFileError, match="damaged"):
        open_session(EMBEDDER, folder=folder)


def test_a_damaged_tokenizer_is_refused(folder: Path) -> None:
    (folder / "tokenizer.json").write_text("{}")
    with pytest.raises(ModelFileError, match=r"tokenizer\.json is damaged"):
        load_tokenizer(folder)


def test_a_missing_or_broken_list_of_checksums_is_named(folder: Path) -> None:
    (folder / "checksums.json").write_text("{")
    with pytest.raises(ModelFileError, match=r"checksums\.json is damaged"):
        load_tokenizer(folder)
    (folder / "checksums.json").unlink()
    with pytest.raises(ModelFileError, match=r"checksums\.json: No such file"):
        load_tokenizer(folder)


def test_a_file_that_is_not_listed_is_refused(folder: Path) -> None:
    shutil.copy(folder / EMBEDDER, folder / "other.onnx")
    with pytest.raises(ModelFileError, match=r"other\.onnx"):
        open_session("other.onnx", folder=folder)


def test_a_package_that_cannot_be_loaded_is_named(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "onnxruntime", None)
    with pytest.raises(ModelFileError, match=r"^onnxruntime cannot be loaded.*pip install"):
        open_session(EMBEDDER, folder=folder)
    monkeypatch.setitem(sys.modules, "tokenizers", None)
    with pytest.raises(ModelFileError, match=r"^tokenizers cannot be loaded.*pip install"):
        load_tokenizer(folder)
