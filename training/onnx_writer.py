"""Writes an ONNX model file with numpy alone: a graph, its constants, and the protobuf wire format by hand.

The `onnx` package would do the same with 31 MB more to install. Field numbers are those of onnx.proto3
(IR version 10); the wire format is described at https://protobuf.dev/programming-guides/encoding/.
The same calls in the same order write the same bytes.
"""

from __future__ import annotations

import struct
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

FLOAT, INT8, INT64 = 1, 3, 7  # TensorProto.DataType
_TYPES = {"float32": FLOAT, "int8": INT8, "int64": INT64}
_MICROSOFT = "com.microsoft"
Attribute = int | float | Sequence[int]


@dataclass(frozen=True)
class Port:
    """An input or output of the model. A dimension given by name is free at run time."""

    name: str
    type: int
    shape: tuple[int | str, ...]


class GraphWriter:
    """Collects the nodes and constants of one graph; every method that adds one returns its name."""

    def __init__(self) -> None:
        self._nodes: list[bytes] = []
        self._constants: list[bytes] = []

    def constant(self, name: str, values: NDArray[Any] | np.generic) -> str:
        """A tensor stored in the file: float32, int8 or int64."""
        array = np.asarray(values)
        shape = b"".join(_number(1, size) for size in array.shape)
        kind = _number(2, _TYPES[array.dtype.name])
        # tobytes() gives C order whatever the array's own; ONNX wants little endian.
        raw = array.astype(array.dtype.newbyteorder("<")).tobytes()
        self._constants.append(_bytes(5, shape + kind + _bytes(8, name) + _bytes(9, raw)))
        return name

    def node(self, operator: str, inputs: Sequence[str], output: str, **attributes: Attribute) -> str:
        """One operator with one output. DynamicQuantizeMatMul is onnxruntime's, all others are standard."""
        parts = [_bytes(1, name) for name in inputs]
        parts += [_bytes(2, output), _bytes(3, "node_" + output), _bytes(4, operator)]
        parts += [_bytes(5, _attribute(name, value)) for name, value in attributes.items()]
        if operator == "DynamicQuantizeMatMul":
            parts.append(_bytes(7, _MICROSOFT))
        self._nodes.append(_bytes(1, b"".join(parts)))
        return output

    def model(self, name: str, inputs: Sequence[Port], outputs: Sequence[Port]) -> bytes:
        """The whole file. Standard operators are those of opset 20 (the first with Gelu)."""
        graph = b"".join(self._nodes) + _bytes(2, name) + b"".join(self._constants)
        graph += b"".join(_bytes(11, _port(port)) for port in inputs)
        graph += b"".join(_bytes(12, _port(port)) for port in outputs)
        opsets = _bytes(8, _bytes(1, "") + _number(2, 20))
        opsets += _bytes(8, _bytes(1, _MICROSOFT) + _number(2, 1))
        return _number(1, 10) + _bytes(2, "briefing") + _bytes(7, graph) + opsets


def _port(port: Port) -> bytes:
    sizes = (_bytes(2, d) if isinstance(d, str) else _number(1, d) for d in port.shape)
    shape = b"".join(_bytes(1, size) for size in sizes)
    return _bytes(1, port.name) + _bytes(2, _bytes(1, _number(1, port.type) + _bytes(2, shape)))


def _attribute(name: str, value: Attribute) -> bytes:
    if isinstance(value, float):
        return _bytes(1, name) + _varint(2 << 3 | 5) + struct.pack("<f", value) + _number(20, 1)
    if isinstance(value, int):
        return _bytes(1, name) + _number(3, value) + _number(20, 2)
    return _bytes(1, name) + b"".join(_number(8, part) for part in value) + _number(20, 7)


def _number(field: int, value: int) -> bytes:
    return _varint(field << 3) + _varint(value)


def _bytes(field: int, value: bytes | str) -> bytes:
    raw = value.encode() if isinstance(value, str) else value
    return _varint(field << 3 | 2) + _varint(len(raw)) + raw


def _varint(value: int) -> bytes:
    value &= (1 << 64) - 1  # a negative number is written as its 64-bit complement
    out = bytearray()
    while value > 127:
        out.append(value & 127 | 128)
        value >>= 7
    out.append(value)
    return bytes(out)
