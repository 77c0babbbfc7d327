"""One fitted curve: from an engine's confidence and the evidence to the chance that a value is right."""

import math
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from ingest.pipeline.bound_evidence import bound_of

LEAST = 1e-4
"""Raw confidences are held this far from 0 and 1, where their odds would be without bounds."""


@dataclass(frozen=True, slots=True)
class Curve:
    """One kind's calibration (Platt 1999): log odds = `bias` + `slope` × those of the raw confidence + the
    weight of each piece of evidence.

    It is never above `ceiling`, which the number of values seen bears out, nor above the `caps` of what
    speaks against a value: the share that was right of those so marked.
    """

    bias: float
    slope: float
    ceiling: float
    evidence: Mapping[str, float]
    caps: Mapping[str, float] = field(default_factory=dict)


def apply_curve(curve: Curve, raw: float, evidence: Collection[str]) -> float:
    """Return the calibrated probability of one curve."""
    if raw <= 0:
        return 0.0
    odds = odds_by(curve, raw, evidence)
    said = 1 / (1 + math.exp(-max(-30.0, min(30.0, odds))))
    return min(said, curve.ceiling, *(_cap(curve, piece) for piece in evidence))


def odds_by(curve: Curve, raw: float, evidence: Collection[str]) -> float:
    """Return the logarithm of the odds that a curve comes to before its bounds."""
    weights = (curve.evidence.get(piece, 0.0) for piece in evidence)
    # Rounded once: a set has no order, and a sum by steps would hang on it.
    return math.fsum([curve.bias, curve.slope * log_odds(raw), *weights])


def _cap(curve: Curve, piece: str) -> float:
    bound = bound_of(piece)
    return 1.0 if bound is None else curve.caps.get(piece, bound.unmeasured)


def log_odds(raw: float) -> float:
    """Return the logarithm of a probability's odds, within the bounds of LEAST."""
    held = min(1 - LEAST, max(LEAST, raw))
    return math.log(held / (1 - held))
