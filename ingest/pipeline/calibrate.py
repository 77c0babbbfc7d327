"""From an engine's own confidence to how likely a value is right, by what else speaks for or against it."""

import json
import math
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

LEAST = 1e-4
"""Raw confidences are held this far from 0 and 1, where their odds would be without bounds."""
OTHER = "other"
"""The curve of kinds of which too few values were seen to have one of their own."""


@dataclass(frozen=True, slots=True)
class Curve:
    """One kind's calibration (Platt 1999): log odds = `bias` + `slope` × those of the raw confidence + the
    weight of each piece of evidence, and never above `ceiling`, which the number of values seen bears out."""

    bias: float
    slope: float
    ceiling: float
    evidence: Mapping[str, float]


def calibrate(kind: str, raw: float, evidence: Collection[str] = ()) -> float:
    """Return the probability (0–1) that a field's value of a kind is right as read.

    `raw` is the engine's confidence in the whole text; evidence that the fit has not seen weighs nothing.
    """
    curves = _curves()
    return apply_curve(curves.get(kind, curves[OTHER]), raw, evidence)


def apply_curve(curve: Curve, raw: float, evidence: Collection[str]) -> float:
    """Return the calibrated probability of one curve."""
    if raw <= 0:
        return 0.0
    weights = sum(curve.evidence.get(piece, 0.0) for piece in evidence)
    odds = curve.bias + curve.slope * log_odds(raw) + weights
    return min(curve.ceiling, 1 / (1 + math.exp(-max(-30.0, min(30.0, odds)))))


def log_odds(raw: float) -> float:
    """Return the logarithm of a probability's odds, within the bounds of LEAST."""
    held = min(1 - LEAST, max(LEAST, raw))
    return math.log(held / (1 - held))


@cache
def _curves() -> dict[str, Curve]:
    """Read the fitted curves, which `python -m bench.calibration` wrote."""
    text = files("ingest.pipeline").joinpath("data/calibration.json").read_text("utf-8")
    return {kind: Curve(**curve) for kind, curve in json.loads(text)["curves"].items()}
