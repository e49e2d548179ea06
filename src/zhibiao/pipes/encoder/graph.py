"""The encoder as an ONNX file with 8-bit matrices.

Its inputs are those of one `zhibiao.pipes.encoder.inputs.Sentence`; its output ``scores`` has shape (elements, tags). One sentence at a time:
the 8-bit steps are scaled by the largest number in sight, so that sentences side by side would change each other.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np

from zhibiao.errors import MissingExtraError
from zhibiao.pipes.encoder.weights import HEAD_SIZE, REACH, Weights, depth_of

_OPSET, _FORMAT = 20, 10
_EPSILON = 1e-12
_PARTS = ("query", "key", "value")


def make_graph(weights: Weights) -> bytes:
    """Write fitted weights as an ONNX file.

    Raises
    ------
    MissingExtraError
        If onnx is not installed.
    """
    try:
        from onnx import TensorProto, helper  # noqa: PLC0415 - a trained pipeline runs without it
    except ImportError as error:
        raise MissingExtraError("training an encoder needs onnx: pip install 'zhibiao[train-best]'") from error
    graph = _Graph(weights)
    graph.run()
    clues = len(weights["clues"])
    whole, real = TensorProto.INT64, TensorProto.FLOAT
    model = helper.make_model(
        helper.make_graph(
            graph.nodes,
            "encoder",
            [
                helper.make_tensor_value_info("pieces", whole, ["pieces"]),
                helper.make_tensor_value_info("piece_clues", real, ["pieces", clues]),
                helper.make_tensor_value_info("pieces_of", whole, ["elements"]),
                helper.make_tensor_value_info("clues", real, ["elements", clues]),
            ],
            [helper.make_tensor_value_info("scores", real, ["elements", len(weights["head.tags_bias"])])],
            graph.kept,
        ),
        opset_imports=[helper.make_opsetid("", _OPSET)],
        ir_version=_FORMAT,
    )
    return _quantize(model.SerializeToString())


def _quantize(model: bytes) -> bytes:
    from onnxruntime import quantization  # type: ignore[import-untyped, unused-ignore]  # noqa: PLC0415 - as above

    with TemporaryDirectory() as folder:
        large, small = Path(folder) / "large.onnx", Path(folder) / "small.onnx"
        large.write_bytes(model)
        # With all 8 bits processors without VNNI overflow in silence, and the scores would depend on the machine.
        quantization.quantize_dynamic(
            large,
            small,
            weight_type=quantization.QuantType.QInt8,
            per_channel=True,
            reduce_range=True,
            op_types_to_quantize=["MatMul", "Gather"],
        )
        return small.read_bytes()


class _Graph:
    """The nodes of a graph in the making; a method that adds some gives the name of their output."""

    def __init__(self, weights: Weights) -> None:
        self.weights = weights
        self.nodes: list[Any] = []
        self.kept: list[Any] = []

    def run(self) -> None:
        length = self.add("Shape", "pieces")
        here = self.add("Slice", self.keep("places"), self.constant([0]), length)
        told = self.add("MatMul", "piece_clues", self.keep("clues"))
        state = self.add("Add", self.add("Add", self.add("Gather", self.keep("words"), "pieces"), here), told)
        state = self.normalize("norm", state)
        for layer in range(depth_of(self.weights)):
            state = self.add_layer(f"layer{layer}", state)
        vectors = self.add("Gather", state, "pieces_of")
        given = self.add("MatMul", vectors, self.keep("head.vectors"))
        given = self.add("Add", given, self.add("MatMul", "clues", self.keep("head.clues")))
        state = self.add("Gelu", self.add("Add", given, self.keep("head.bias")))
        around = self.add("Gelu", self.multiply("head.window", self.look_around(state), bias="head.window_bias"))
        state = self.normalize("head.norm", self.add("Add", state, around))
        self.multiply("head.tags", state, bias="head.tags_bias", output="scores")

    def add(self, kind: str, *inputs: str, output: str = "", **attributes: Any) -> str:
        from onnx import helper  # noqa: PLC0415 - as above

        output = output or f"{kind}_{len(self.nodes)}"
        self.nodes.append(helper.make_node(kind, list(inputs), [output], name=f"make_{output}", **attributes))
        return output

    def keep(self, name: str) -> str:
        return self._keep(self.weights[name], f"weight.{name}")

    def constant(self, values: Sequence[int]) -> str:
        return self._keep(np.array(values, np.int64), f"constant_{len(self.kept)}")

    def _keep(self, array: np.ndarray[Any, Any], name: str) -> str:
        from onnx import numpy_helper  # noqa: PLC0415 - as above

        self.kept.append(numpy_helper.from_array(np.ascontiguousarray(array), name))
        return name

    def multiply(self, name: str, state: str, *, bias: str = "", output: str = "") -> str:
        product = self.add("MatMul", state, self.keep(name))
        return self.add("Add", product, self.keep(bias or f"{name}_bias"), output=output)

    def normalize(self, name: str, state: str) -> str:
        parts = (self.keep(f"{name}_scale"), self.keep(f"{name}_bias"))
        return self.add("LayerNormalization", state, *parts, axis=-1, epsilon=_EPSILON)

    def add_layer(self, name: str, state: str) -> str:
        joined = self.multiply(f"{name}.joined", self.attend(name, state))
        state = self.normalize(f"{name}.middle", self.add("Add", state, joined))
        narrow = self.multiply(f"{name}.narrow", self.add("Gelu", self.multiply(f"{name}.wide", state)))
        return self.normalize(f"{name}.end", self.add("Add", state, narrow))

    def attend(self, name: str, state: str) -> str:
        heads = self.weights[f"{name}.query"].shape[1] // HEAD_SIZE
        shape = self.constant([0, heads, HEAD_SIZE])
        parts = {part: self.add("Reshape", self.multiply(f"{name}.{part}", state), shape) for part in _PARTS}
        query = self.add("Transpose", parts["query"], perm=[1, 0, 2])
        key = self.add("Transpose", parts["key"], perm=[1, 2, 0])
        value = self.add("Transpose", parts["value"], perm=[1, 0, 2])
        scale = self._keep(np.array(HEAD_SIZE**-0.5, np.float32), f"{name}.scale")
        shares = self.add("Softmax", self.add("Mul", self.add("MatMul", query, key), scale), axis=-1)
        mixed = self.add("Transpose", self.add("MatMul", shares, value), perm=[1, 0, 2])
        return self.add("Reshape", mixed, self.constant([0, heads * HEAD_SIZE]))

    def look_around(self, state: str) -> str:
        """Put beside each element those around it; beyond the ends there is nothing."""
        padded = self.add("Pad", state, self.constant([REACH, 0, REACH, 0]))
        length = self.add("Shape", state, end=1)
        parts = []
        for step in range(2 * REACH + 1):
            begin = self.constant([step])
            parts.append(self.add("Slice", padded, begin, self.add("Add", length, begin), self.constant([0])))
        return self.add("Concat", *parts, axis=1)
