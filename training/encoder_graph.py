"""MiniLM's encoder as an ONNX graph, written node by node with numpy: the embedder's, the reader's,
the checker's and the selector's.

Neither torch nor the onnx package is needed, and the same weights give the same bytes.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from training.onnx_writer import FLOAT, INT64, GraphWriter, Port

LAYERS, HEADS, EPSILON = 6, 12, 1e-12

# Weights of matrices stay within 63, not 127: on processors without VNNI (most before 2020) onnxruntime
# adds two uint8 x int8 products in 16 bits, and 2 x 255 x 127 does not fit. Measured on an emulated AMD
# Zen 3: with 127 a sentence's vector had cosine .990 (lowest .971) to the one made with VNNI, with 63 it is
# .99997; the price is .0012 of cosine to float32, and nothing in retrieval.
MATRIX_LIMIT = 63
TABLE_LIMIT = 127

Weights = Mapping[str, NDArray[np.float32]]
_PLAIN = [Port(name, INT64, ("batch", "tokens")) for name in ("input_ids", "attention_mask")]
_TYPED = [*_PLAIN, Port("token_type_ids", INT64, ("batch", "tokens"))]


def embedder_model(weights: Weights, quantised: bool = True) -> bytes:
    """Token ids and mask in; the mean of the last layer over the mask, at unit length, out."""
    graph = EncoderGraph(weights, quantised)
    # Every token has type 0, so its vector is added to the positions once and for all.
    kind = weights["embeddings.token_type_embeddings.weight"][0]
    hidden, mask = graph.encoder(weights["embeddings.position_embeddings.weight"] + kind, None)
    graph.mean(hidden, mask)
    return graph.writer.model("embedder", _PLAIN, [Port("sentence_embedding", FLOAT, ("batch", graph.size))])


def reader_model(weights: Weights, quantised: bool = True) -> bytes:
    """Ids, mask, types and the place of each token's first piece in; the label scores of each token out, and
    the scores of steps from label to label, which are the same for every text."""
    graph, hidden = _typed_encoder(weights, quantised)
    writer = graph.writer
    writer.node("GatherND", [hidden, "token_places"], "token_hidden", batch_dims=1)
    labels = len(weights["labels.bias"])
    writer.node("Identity", [graph.linear("token_hidden", "labels")], "labels")
    writer.node("Identity", [writer.constant("steps", weights["transitions"])], "transitions")
    outputs = [
        Port("labels", FLOAT, ("batch", "words", labels)),
        Port("transitions", FLOAT, (labels, labels)),
    ]
    inputs = [*_TYPED, Port("token_places", INT64, ("batch", "words", 1))]
    return writer.model("reader", inputs, outputs)


def checker_model(weights: Weights, quantised: bool = True) -> bytes:
    """Ids, mask and types in; of every piece the logit that it fails (0) and that the pair fails (1) out."""
    graph, hidden = _typed_encoder(weights, quantised)
    writer = graph.writer
    weight, bias = (writer.constant(name, weights[name].T) for name in ("labels.weight", "labels.bias"))
    writer.node("MatMul", [hidden, weight], "product")
    writer.node("Add", ["product", bias], "logits")
    return writer.model("checker", _TYPED, [Port("logits", FLOAT, ("batch", "tokens", 2))])


def selector_model(weights: Weights, quantised: bool = True) -> bytes:
    """Ids, mask, types and shares in; of every sentence the logit that it answers the question out.

    A row of `shares` holds 1/n on the n pieces of a text, the question's is the first; the logit of a row of
    zeros means nothing.
    """
    graph, hidden = _typed_encoder(weights, quantised)
    writer = graph.writer
    writer.node("MatMul", ["shares", hidden], "means")
    writer.node("ReduceL2", ["means", "axis2"], "length.means", keepdims=1)
    writer.node("Add", ["length.means", writer.constant("little", np.float32(EPSILON))], "norms")
    writer.node("Div", ["means", "norms"], "units")
    writer.constant("many", np.array([2**31 - 1]))
    writer.node("Slice", ["units", "axis0", "axis1", "axis1"], "question")
    for name in ("units", "means"):
        writer.node("Slice", [name, "axis1", "many", "axis1"], name + ".sentences")
    writer.node("Mul", ["units.sentences", "question"], "products")
    likeness, alone = weights["likeness"][:, None], weights["alone.weight"].T
    writer.node("MatMul", ["products", writer.constant("likeness", likeness)], "alike")
    writer.node("MatMul", ["means.sentences", writer.constant("alone", alone)], "by.itself")
    writer.node("Add", ["alike", "by.itself"], "both")
    writer.node("Add", ["both", writer.constant("alone.bias", weights["alone.bias"])], "column")
    writer.node("Squeeze", ["column", "axis2"], "logits")
    inputs = [*_TYPED, Port("shares", FLOAT, ("batch", "texts", "tokens"))]
    return writer.model("selector", inputs, [Port("logits", FLOAT, ("batch", "sentences"))])


def _typed_encoder(weights: Weights, quantised: bool) -> tuple[EncoderGraph, str]:
    """The graph of an encoder whose tokens have types, and the name of its last layer."""
    graph = EncoderGraph(weights, quantised)
    types = weights["embeddings.token_type_embeddings.weight"]
    hidden, _ = graph.encoder(weights["embeddings.position_embeddings.weight"], types)
    return graph, hidden


class EncoderGraph:
    """Writes the BERT encoder node by node; a method returns the name of its output."""

    def __init__(self, weights: Weights, quantised: bool) -> None:
        self.writer = GraphWriter()
        self.size = weights["embeddings.word_embeddings.weight"].shape[1]
        self._weights = weights
        self._quantised = quantised

    def encoder(self, positions: NDArray[np.float32], types: NDArray[np.float32] | None) -> tuple[str, str]:
        """The last layer, and the 0/1 mask; with `types` the graph takes `token_type_ids` too."""
        graph, size = self.writer, self.size
        for name, value in (("0", [0]), ("1", [1]), ("2", [2]), ("12", [1, 2])):
            graph.constant("axis" + name, np.array(value))
        graph.constant("split", np.array([0, 0, HEADS, size // HEADS]))
        graph.constant("join", np.array([0, 0, size]))
        hidden, mask = self._embeddings(positions, types), self._mask()
        for layer in range(LAYERS):
            hidden = self._layer(hidden, f"encoder.layer.{layer}.")
        return hidden, mask

    def mean(self, hidden: str, mask: str) -> None:
        """`sentence_embedding`: the mean over the mask, at unit length."""
        graph = self.writer
        graph.node("Unsqueeze", [mask, "axis2"], "mask.column")
        graph.node("Mul", [hidden, "mask.column"], "kept")
        graph.node("ReduceSum", ["kept", "axis1"], "sum", keepdims=0)
        graph.node("ReduceSum", [mask, "axis1"], "count", keepdims=1)
        graph.node("Div", ["sum", "count"], "mean")
        graph.node("ReduceL2", ["mean", "axis1"], "norm", keepdims=1)
        graph.node("Div", ["mean", "norm"], "sentence_embedding")

    def linear(self, inputs: str, name: str, factor: float = 1.0) -> str:
        """inputs @ weight.T + bias, in int8 with one scale a column where the graph is quantised."""
        graph, output = self.writer, name + ".out"
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

    def _embeddings(self, positions: NDArray[np.float32], types: NDArray[np.float32] | None) -> str:
        graph, prefix = self.writer, "embeddings."
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
        graph.constant("positions", positions[None])
        graph.node("Shape", ["input_ids"], "shape")
        graph.node("Slice", ["shape", "axis1", "axis2", "axis0"], "length")
        graph.node("Slice", ["positions", "axis0", "length", "axis1"], "position")
        embedded = graph.node("Add", [word, "position"], "embedded")
        if types is not None:
            graph.node("Gather", [graph.constant("types", types), "token_type_ids"], "type")
            embedded = graph.node("Add", [embedded, "type"], "embedded.typed")
        return self._normalise(embedded, prefix + "LayerNorm")

    def _mask(self) -> str:
        """0 for a token and -1e9 for padding, added to the attention scores; returns the 0/1 mask."""
        graph = self.writer
        mask = graph.node("Cast", ["attention_mask"], "mask", to=FLOAT)
        graph.node("Sub", [graph.constant("one", np.float32(1)), mask], "padding")
        graph.node("Mul", ["padding", graph.constant("far", np.float32(-1e9))], "penalty")
        graph.node("Unsqueeze", ["penalty", "axis12"], "bias")
        return mask

    def _layer(self, hidden: str, prefix: str) -> str:
        graph, own = self.writer, prefix + "attention."
        # Dividing by the root of the head size is folded into the query weights.
        factor = float(np.float32(1 / np.sqrt(self.size // HEADS)))
        heads = {}
        for role, scale in (("query", factor), ("key", 1.0), ("value", 1.0)):
            flat = self.linear(hidden, own + "self." + role, scale)
            graph.node("Reshape", [flat, "split"], flat + ".split")
            order = [0, 2, 3, 1] if role == "key" else [0, 2, 1, 3]
            heads[role] = graph.node("Transpose", [flat + ".split"], flat + ".heads", perm=order)
        graph.node("MatMul", [heads["query"], heads["key"]], own + "scores")
        graph.node("Add", [own + "scores", "bias"], own + "masked")
        graph.node("Softmax", [own + "masked"], own + "shares", axis=-1)
        graph.node("MatMul", [own + "shares", heads["value"]], own + "mixed")
        graph.node("Transpose", [own + "mixed"], own + "rows", perm=[0, 2, 1, 3])
        graph.node("Reshape", [own + "rows", "join"], own + "context")
        attended = self.linear(own + "context", own + "output.dense")
        graph.node("Add", [attended, hidden], own + "sum")
        middle = self._normalise(own + "sum", own + "output.LayerNorm")
        wide = self.linear(middle, prefix + "intermediate.dense")
        narrow = self.linear(graph.node("Gelu", [wide], wide + ".gelu"), prefix + "output.dense")
        graph.node("Add", [narrow, middle], prefix + "sum")
        return self._normalise(prefix + "sum", prefix + "output.LayerNorm")

    def _normalise(self, inputs: str, name: str) -> str:
        gain = self.writer.constant(name + ".gain", self._weights[name + ".weight"])
        shift = self.writer.constant(name + ".shift", self._weights[name + ".bias"])
        names = [inputs, gain, shift]
        return self.writer.node("LayerNormalization", names, name + ".out", axis=-1, epsilon=EPSILON)


def quantise_rows(values: NDArray[Any], limit: int) -> tuple[NDArray[np.int8], NDArray[np.float32]]:
    """Integers in [-limit, limit] and one scale a row, so that integers * scale is nearest to `values`."""
    scale = np.abs(values).max(axis=1) / np.float32(limit)
    scale[scale == 0] = 1
    numbers = np.clip(np.rint(values / scale[:, None]), -limit, limit)
    return numbers.astype(np.int8), scale.astype(np.float32)
