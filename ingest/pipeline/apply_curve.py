"""One fitted curve: from an engine's confidence and the evidence to the chance that a value is right."""

import math
from collections.abc import Collection, Mapping
from dataclasses import dataclass

LEAST = 1e-4
"""Raw confidences are held this far from 0 and 1, where their odds would be without bounds."""


@dataclass(frozen=True, slots=True)
class Curve:
    """One kind's calibration (Platt 1999): log odds = `bias` + `slope` × those of the raw confidence + the
    weight of each piece of evidence, and never above `ceiling`, which the number of values seen bears out."""

    bias: float
    slope: float
    ceiling: float
    evidence: Mapping[str, float]


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
