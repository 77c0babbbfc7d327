"""Chooses the range that each tensor of a network is to hold as bytes, from what flows through it."""

from collections.abc import Iterable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray
from onnx import ModelProto, TensorProto
from onnx.helper import make_tensor_value_info
from onnxruntime import InferenceSession, SessionOptions

from ingest.ocr.quantise import LEVELS, Range, pointwise, quantise

SAMPLES, MOST_SAMPLES = 4000, 40_000
"""So many values are taken of a tensor at a time, and looked at in all."""
SHARES = np.linspace(0.3, 1, 15)
"""The shares of its least and its greatest value that a range may end at."""
MOST_ERROR = 0.005
"""A layer that by itself adds more than this share of the features' variance as error stays as it is."""

Tensor = NDArray[np.float32]


def open_model(model: ModelProto) -> InferenceSession:
    """Open a model on one thread, without remarks on the heights it was not made for."""
    options = SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.enable_cpu_mem_arena = False
    options.log_severity_level = 3
    return InferenceSession(model.SerializeToString(), options, providers=["CPUExecutionProvider"])


def run(model: ModelProto, batches: Iterable[Tensor]) -> list[Tensor]:
    """Return a model's features of each batch."""
    opened, name = open_model(model), model.graph.input[0].name
    return [np.asarray(opened.run(None, {name: batch})[0], np.float32) for batch in batches]


def choose_ranges(model: ModelProto, batches: Sequence[Tensor]) -> dict[str, Range]:
    """Return the ranges of the tensors before and after a folded model's pointwise convolutions.

    What is scaled by the whole line (one value a channel) is hardly any work and stays as it is, and so do
    the layers that bytes would harm.
    """
    samples = _sample(model, batches)
    ranges = {name: closest_range(values) for name, values in samples.items()}
    wanted = run(model, batches)
    for layer in [node for node in pointwise(model.graph) if node.output[0] in ranges]:
        alone = {name: ranges[name] for name in (layer.input[0], layer.output[0])}
        if error(run(quantise(model, alone), batches), wanted) > MOST_ERROR:
            del ranges[layer.output[0]]
    return ranges


def closest_range(values: NDArray[np.float32]) -> Range:
    """Return the range that loses least of some values, in squares, when they become bytes within it."""
    least, greatest = min(0.0, float(values.min())), max(0.0, float(values.max()))
    ranges = [(low * least, high * greatest) for low in SHARES for high in SHARES]
    return min(ranges, key=lambda ends: _loss(values, ends))


def error(got: Sequence[Tensor], wanted: Sequence[Tensor]) -> float:
    """Return the mean square of the difference as a share of the variance of what is wanted."""
    one, other = (np.concatenate([part.ravel() for part in parts]) for parts in (got, wanted))
    return float(((one - other) ** 2).mean() / other.var())


def _loss(values: NDArray[np.float32], ends: Range) -> float:
    step = (ends[1] - ends[0]) / LEVELS
    if step <= 0:
        return float((values**2).mean())
    kept = np.clip(np.round((values - ends[0]) / step), 0, LEVELS) * step + ends[0]
    return float(((kept - values) ** 2).mean())


def _sample(model: ModelProto, batches: Sequence[Tensor]) -> Mapping[str, NDArray[np.float32]]:
    """Return values of each tensor before and after a pointwise convolution, but for those of one place."""
    names = sorted({name for node in pointwise(model.graph) for name in (node.input[0], node.output[0])})
    shown = ModelProto()
    shown.CopyFrom(model)
    shown.graph.output.extend(make_tensor_value_info(name, TensorProto.FLOAT, None) for name in names)
    opened, given = open_model(shown), model.graph.input[0].name
    rng = np.random.default_rng(1)
    found: dict[str, list[Tensor]] = {name: [] for name in names}
    for batch in batches:
        for name, values in zip(names, opened.run(names, {given: batch}), strict=True):
            if values.shape[2] * values.shape[3] > 1:
                flat = values.ravel()
                found[name].append(flat if flat.size < SAMPLES else flat[rng.integers(0, flat.size, SAMPLES)])
    joined = {name: np.concatenate(parts) for name, parts in found.items() if parts}
    return {name: values[:: max(1, values.size // MOST_SAMPLES)] for name, values in joined.items()}
