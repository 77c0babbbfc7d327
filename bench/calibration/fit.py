"""Fit one curve a kind of field to observations."""

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from bench.calibration.climb import climb
from bench.calibration.observe import Observation, alone
from bench.calibration.weigh_opinions import weigh_opinions
from ingest.pipeline.apply_curve import Curve, log_odds
from ingest.pipeline.bound_evidence import bound_of
from ingest.pipeline.load_curves import OTHER

LEAST_VALUES = 60
"""A kind with fewer values has no curve of its own."""
STEEPEST, FLATTEST = 2.0, 0.2
SURE, UNPROVEN = 0.98, 0.97
"""From here on values are called sure; a kind of which none was so sure is never called so."""
LEAST_SURE = 30
"""What is called sure is judged by no fewer of the surest values: one right bears out two in three."""
LEAST_MARKED = 20
"""Of fewer values that a piece of evidence speaks against, the share that is right says too little."""


def fit_curves(observations: Sequence[Observation]) -> dict[str, Curve]:
    """Fit a curve to each kind's values, and one to all of them for the other kinds.

    They are fitted as if no second engine had been asked, and hold as they are of sites that ask none; what
    its word weighs is fitted after them.
    """
    unasked = alone(observations)
    counts = Counter(one.kind for one in unasked)
    curves = {OTHER: fit_curve(unasked)}
    for kind in sorted(kind for kind, count in counts.items() if count >= LEAST_VALUES):
        curves[kind] = fit_curve([one for one in unasked if one.kind == kind])
    opinions = weigh_opinions(observations, curves)
    return {kind: replace(curve, evidence={**curve.evidence, **opinions}) for kind, curve in curves.items()}


def fit_curve(observations: Sequence[Observation]) -> Curve:
    """Fit by penalised maximum likelihood (Newton's method)."""
    names = sorted({piece for one in observations for piece in one.evidence})
    design = np.array([_row(one, names) for one in observations])
    right = np.array([one.right for one in observations], dtype=np.float64)
    start = np.zeros(design.shape[1])
    start[1] = 1.0
    found = climb(design, right, start)
    if not FLATTEST <= found[1] <= STEEPEST:
        # More certainty of the engine never counts against a value: the slope is held, the rest fitted anew.
        start[1] = min(STEEPEST, max(FLATTEST, found[1]))
        found = climb(design, right, start, held=1)
    bias, slope, *weights = (round(float(value), 4) for value in found)
    rounded = {name: weight for name, weight in zip(names, weights, strict=True) if weight}
    unmarked = np.array([all(bound_of(piece) is None for piece in one.evidence) for one in observations])
    ceiling = ceiling_of((design @ found)[unmarked], right[unmarked])
    return Curve(bias, slope, ceiling, rounded, _caps(observations, names))


def _caps(observations: Sequence[Observation], names: Sequence[str]) -> dict[str, float]:
    """Return for each piece that speaks against a value how many of those so marked were right."""
    caps = {}
    for name in names:
        bound = bound_of(name)
        marked = [one.right for one in observations if name in one.evidence]
        if bound is not None and len(marked) >= LEAST_MARKED:
            share = math.floor(10_000 * sum(marked) / len(marked)) / 10_000
            caps[name] = min(bound.never_above, max(bound.never_below, share))
    return caps


def _row(one: Observation, names: Sequence[str]) -> list[float]:
    return [1.0, log_odds(one.raw), *(float(name in one.evidence) for name in names)]


def ceiling_of(odds: NDArray[np.float64], right: NDArray[np.float64]) -> float:
    """Return the greatest certainty that the surest values bear out (Laplace's rule of succession)."""
    sure = int((odds >= np.log(SURE / (1 - SURE))).sum())
    if not sure:
        return UNPROVEN
    surest = right[np.argsort(-odds, kind="stable")[: max(sure, LEAST_SURE)]]
    return math.floor(10_000 * (float(surest.sum()) + 1) / (len(surest) + 2)) / 10_000
