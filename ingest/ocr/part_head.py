"""Part a PP-OCR recogniser before its last layer, which weighs 18,710 characters at every frame of a line."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from ingest.ocr.port import EngineMissing

if TYPE_CHECKING:
    from onnx import GraphProto, ModelProto, NodeProto

ENDS_IN = ["MatMul", "Add", "Softmax"]
FEATURES, CHANCES = "features", "chances"


@dataclass(frozen=True, slots=True, eq=False)
class Parted:
    """The two models, as ONNX Runtime opens them, and how the last layer weighs a blank.

    `body` turns lines into features (N × T × C); `head` turns the features of some frames (M × C) into their
    chances (M × classes). A frame's features times `blank_weights` plus `blank_bias` is the blank's logit.
    """

    body: bytes
    head: bytes
    blank_weights: NDArray[np.float32]
    blank_bias: float


def part_head(model: "ModelProto", blank: int) -> Parted:
    """Part a model into the layers that see lines and the one that names characters; `blank` is the blank's
    class.

    Raises:
        EngineMissing: the model does not end as PP-OCR's recognisers do.
    """
    from onnx.numpy_helper import to_array

    nodes = [node for node in model.graph.node if node.op_type != "Identity"][-len(ENDS_IN) :]
    if [node.op_type for node in nodes] != ENDS_IN:
        raise EngineMissing(
            "辨識模型的結構不同 the recogniser's model does not end in one layer and a softmax; "
            "install the release of rapidocr that locks/runtime.txt names"
        )
    product, bias, _ = nodes
    held = {tensor.name: tensor for tensor in model.graph.initializer}
    weights, biases = to_array(held[product.input[1]]), to_array(held[bias.input[1]])
    head = _head(model, weights, biases)
    _end_at(model.graph, product, product.input[1], bias.input[1])
    return Parted(
        bytes(model.SerializeToString()),
        head,
        np.ascontiguousarray(weights[:, blank]),
        float(biases[blank]),
    )


def _head(model: "ModelProto", weights: NDArray[np.float32], biases: NDArray[np.float32]) -> bytes:
    from onnx import TensorProto
    from onnx.helper import make_graph, make_model, make_node, make_tensor_value_info
    from onnx.numpy_helper import from_array

    nodes = [
        make_node("MatMul", [FEATURES, "weights"], ["weighed"]),
        make_node("Add", ["weighed", "biases"], ["logits"]),
        make_node("Softmax", ["logits"], [CHANCES], axis=1),
    ]
    wide, classes = weights.shape
    graph = make_graph(
        nodes,
        "head",
        [make_tensor_value_info(FEATURES, TensorProto.FLOAT, ["frames", wide])],
        [make_tensor_value_info(CHANCES, TensorProto.FLOAT, ["frames", classes])],
        [from_array(weights, "weights"), from_array(biases, "biases")],
    )
    head = make_model(graph, opset_imports=model.opset_import, ir_version=model.ir_version)
    return bytes(head.SerializeToString())


def _end_at(graph: "GraphProto", product: "NodeProto", *unused: str) -> None:
    """Have a graph answer with what its last layer is given, and drop what comes after."""
    from onnx import TensorProto
    from onnx.helper import make_tensor_value_info

    features = product.input[0]
    del graph.node[list(graph.node).index(product) :]
    kept = [tensor for tensor in graph.initializer if tensor.name not in unused]
    del graph.initializer[:]
    graph.initializer.extend(kept)
    del graph.output[:]
    graph.output.append(make_tensor_value_info(features, TensorProto.FLOAT, ["lines", "frames", None]))
