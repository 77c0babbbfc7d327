"""Let a PP-OCR recogniser take lines of any height: its file says 48 pixels, its layers need not."""

from pathlib import Path
from typing import TYPE_CHECKING

from ingest.ocr.port import EngineMissing

if TYPE_CHECKING:
    from onnx import ModelProto, NodeProto

HEIGHT_AXIS = 2
LAST_POOLING = [3, 2]
"""A line 48 pixels high leaves three rows of features; their mean, two columns at a time, is what is read."""
LATEST_OPSET = 17
"""From the next on, a mean is told its axes in another way."""


def free_height(file: Path) -> "ModelProto":
    """Open a model of N × 3 × 48 × W as one that takes N × 3 × any × W and says
    the same of 48.

    Its last pooling, over 3 rows and 2 columns at once, becomes a mean over whatever rows there are, then a
    pooling over 2 columns. The weights stay as they are.
    Raises:
        EngineMissing: the model is not laid out as PP-OCR's recognisers are.
    """
    import onnx

    model = onnx.load(file)
    pools = [node for node in model.graph.node if node.op_type == "AveragePool"]
    if model.opset_import[0].version > LATEST_OPSET or [_pooled(pool) for pool in pools] != [
        (LAST_POOLING, LAST_POOLING)
    ]:
        raise EngineMissing(
            f"辨識模型的結構不同 {file.name} does not end in one pooling over {LAST_POOLING}; "
            "install the release of rapidocr that locks/runtime.txt names"
        )
    _pool_any_rows(model, pools[0])
    height = model.graph.input[0].type.tensor_type.shape.dim[HEIGHT_AXIS]
    height.ClearField("dim_value")
    height.dim_param = "height"
    return model


def _pool_any_rows(model: "ModelProto", pool: "NodeProto") -> None:
    from onnx.helper import make_node

    pooled = f"{pool.input[0]}.rows"
    mean = make_node("ReduceMean", [pool.input[0]], [pooled], axes=[HEIGHT_AXIS], keepdims=1)
    for attribute in pool.attribute:
        if attribute.name in ("kernel_shape", "strides"):
            attribute.ints[0] = 1
    pool.input[0] = pooled
    model.graph.node.insert(list(model.graph.node).index(pool), mean)


def _pooled(pool: "NodeProto") -> tuple[list[int], list[int]]:
    """Return a pooling's size and its strides."""
    sizes: dict[str, list[int]] = {attribute.name: list(attribute.ints) for attribute in pool.attribute}
    return sizes.get("kernel_shape", []), sizes.get("strides", [])
