"""Have a recogniser's widest layers multiply bytes instead of floats, on processors made for it.

Static quantisation as in Jacob et al. (2018): each pointwise convolution whose input and output ranges are
known takes bytes and gives bytes; its weights become bytes, a scale for each channel. All else stays.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from onnx import GraphProto, ModelProto, NodeProto

Range = tuple[float, float]

RANGES_FILE = Path(__file__).parent / "data" / "ranges.json"
CPUINFO = Path("/proc/cpuinfo")
FAST_WITH_BYTES = frozenset({"avx512_vnni", "avx_vnni"})
"""Processors without these add pairs of products in 16 bits, where large ones are cut off: floats are exact
there, and hardly slower."""
LEVELS, STEPS = 255, 127
"""A byte of what flows between layers has so many steps above its least value; a weight so many either
way."""


@dataclass(frozen=True, slots=True)
class Ranges:
    """The least and greatest value that each tensor is to hold, by its name in the model; `model` is the
    SHA-256 of the file they were observed in."""

    model: str
    tensors: Mapping[str, Range]

    def save(self, file: Path) -> None:
        """Write to a file, with more digits than a byte has."""
        rounded = {name: [float(f"{end:.5g}") for end in ends] for name, ends in self.tensors.items()}
        file.write_text(json.dumps({"model": self.model, "tensors": rounded}, indent=1) + "\n", "utf-8")


def load_ranges(file: Path = RANGES_FILE) -> Ranges:
    """Read what `save` wrote."""
    held = json.loads(file.read_text("utf-8"))
    return Ranges(str(held["model"]), {name: (low, high) for name, (low, high) in held["tensors"].items()})


def multiplies_bytes(cpuinfo: Path = CPUINFO) -> bool:
    """Tell whether this processor multiplies and adds up bytes in one step, as Linux lists its flags."""
    if not cpuinfo.is_file():
        return False
    flags = (
        line.partition(":")[2].split()
        for line in cpuinfo.read_text("utf-8").splitlines()
        if line.startswith("flags")
    )
    return not FAST_WITH_BYTES.isdisjoint(next(flags, []))


def folded(model: bytes) -> "ModelProto":
    """Return a model with its constants worked out and its biases within the convolutions they follow, as
    ONNX Runtime has it; its tensors keep their names."""
    import onnx
    from onnxruntime import GraphOptimizationLevel, InferenceSession, SessionOptions

    with TemporaryDirectory() as folder:
        file = Path(folder) / "folded.onnx"
        options = SessionOptions()
        options.graph_optimization_level = GraphOptimizationLevel.ORT_ENABLE_BASIC
        options.optimized_model_filepath = str(file)
        InferenceSession(model, options, providers=["CPUExecutionProvider"])
        return onnx.load(file)


def pointwise(graph: "GraphProto") -> "Iterator[NodeProto]":
    """Yield the convolutions of a folded graph that weigh channels place by place: most of its work."""
    weights = {tensor.name: tuple(tensor.dims) for tensor in graph.initializer}
    for node in graph.node:
        if node.op_type == "Conv" and weights[node.input[1]][2:] == (1, 1):
            yield node


def quantise(model: "ModelProto", ranges: Mapping[str, Range]) -> "ModelProto":
    """Return a folded model whose pointwise convolutions, those of known input and output, take bytes."""
    import onnx

    quantised = onnx.ModelProto()
    quantised.CopyFrom(model)
    _Rewriting(quantised.graph, ranges).rewrite()
    return quantised


class _Rewriting:
    """The rewriting of one graph in place."""

    def __init__(self, graph: "GraphProto", ranges: Mapping[str, Range]) -> None:
        self._graph = graph
        self._ranges = ranges
        self._held = {tensor.name: tensor for tensor in graph.initializer}
        self._nodes: list[NodeProto] = []
        self._as_bytes: set[str] = set()
        known = (node for node in pointwise(graph) if {node.input[0], node.output[0]} <= ranges.keys())
        self._chosen = {node.output[0] for node in known}

    def rewrite(self) -> None:
        for node in list(self._graph.node):
            if node.op_type == "Conv" and node.output[0] in self._chosen:
                self._quantise(node)
            else:
                self._nodes.append(node)
        del self._graph.node[:], self._graph.value_info[:]
        self._graph.node.extend(self._nodes)
        used = {name for node in self._nodes for name in node.input}
        kept = [tensor for name, tensor in self._held.items() if name in used]
        del self._graph.initializer[:]
        self._graph.initializer.extend(kept)

    def _quantise(self, node: "NodeProto") -> None:
        from onnx.helper import get_attribute_value, make_node
        from onnx.numpy_helper import to_array

        source, target = node.input[0], node.output[0]
        weights = to_array(self._held[node.input[1]])
        bias = (
            to_array(self._held[node.input[2]]) if len(node.input) > 2 else np.zeros(len(weights), np.float32)
        )
        bytes_of, scales = _weights_as_bytes(weights)
        scale, _ = _byte_scale(self._ranges[source])
        how = {attribute.name: get_attribute_value(attribute) for attribute in node.attribute}
        weighed = [
            self._keep(f"{target}.weights", bytes_of),
            self._keep(f"{target}.weight_scales", scales),
            self._keep(f"{target}.weight_zeros", np.zeros(len(scales), np.int8)),
        ]
        bias_ = self._keep(f"{target}.bias", np.round(bias / (scales * scale)).astype(np.int32))
        given = [self._quantised(source), *self._scale(source), *weighed, *self._scale(target), bias_]
        self._nodes.append(make_node("QLinearConv", given, [f"{target}.bytes"], **how))
        self._nodes.append(make_node("DequantizeLinear", [f"{target}.bytes", *self._scale(target)], [target]))

    def _quantised(self, name: str) -> str:
        from onnx.helper import make_node

        if name not in self._as_bytes:
            self._nodes.append(make_node("QuantizeLinear", [name, *self._scale(name)], [f"{name}.as_bytes"]))
            self._as_bytes.add(name)
        return f"{name}.as_bytes"

    def _scale(self, name: str) -> tuple[str, str]:
        scale, zero = _byte_scale(self._ranges[name])
        return self._keep(f"{name}.scale", np.array(scale)), self._keep(f"{name}.zero", np.array(zero))

    def _keep(self, name: str, values: "NDArray[np.generic]") -> str:
        from onnx.numpy_helper import from_array

        if name not in self._held:
            self._held[name] = from_array(values, name)
        return name


def _byte_scale(ends: Range) -> tuple[np.float32, np.uint8]:
    """Return the step and the byte that stands for 0."""
    low, high = min(0.0, ends[0]), max(0.0, ends[1])
    step = max((high - low) / LEVELS, 1e-8)
    return np.float32(step), np.uint8(round(-low / step))


def _weights_as_bytes(weights: "NDArray[np.float32]") -> tuple["NDArray[np.int8]", "NDArray[np.float32]"]:
    """Return a convolution's weights (N × C × 1 × 1) as bytes, and the step of each of its N channels."""
    greatest = np.abs(weights).reshape(len(weights), -1).max(axis=1)
    steps = (np.maximum(greatest, 1e-8) / STEPS).astype(np.float32)
    return np.round(weights / steps[:, None, None, None]).astype(np.int8), steps
