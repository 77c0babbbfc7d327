"""What a second engine's word weighs on curves that were fitted without it."""

from collections.abc import Sequence

import numpy as np

from bench.calibration.climb import climb
from bench.calibration.observe import AGREES, DIFFERS, Observation, alone
from ingest.pipeline.apply_curve import odds_by
from ingest.pipeline.load_curves import OTHER, Curves

LEAST_SPOKEN = 20
"""Of fewer values on which it said so, its word weighs nothing."""


def weigh_opinions(observations: Sequence[Observation], curves: Curves) -> dict[str, float]:
    """Fit one weight to all kinds' values that it agreed on, and one to those on which it differs.

    A disagreement never raises a value, and agreement never lowers one, whatever a small count says.
    """
    weights = {AGREES: max(0.0, _weight(AGREES, observations, curves))}
    weights[DIFFERS] = min(0.0, _weight(DIFFERS, observations, curves))
    return {piece: weight for piece, weight in weights.items() if weight}


def _weight(piece: str, observations: Sequence[Observation], curves: Curves) -> float:
    """Return by how much the log odds of the values so marked are off, held at 0 as the curves' figures."""
    said = [one for one in observations if piece in one.evidence]
    if len(said) < LEAST_SPOKEN:
        return 0.0
    odds = [_odds(one, curves) for one in alone(said)]
    right = np.array([one.right for one in said], dtype=np.float64)
    design = np.column_stack([odds, np.ones(len(odds))])
    return round(float(climb(design, right, np.array([1.0, 0.0]), held=0)[1]), 4)


def _odds(one: Observation, curves: Curves) -> float:
    return odds_by(curves.get(one.kind, curves[OTHER]), one.raw, one.evidence)
