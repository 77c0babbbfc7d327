"""Penalised maximum likelihood of a logistic curve."""

import numpy as np
from numpy.typing import NDArray

RIDGE = 2.0
"""How strongly each figure is held at what changes nothing: bias 0, slope 1, no weight of evidence."""


def climb(
    design: NDArray[np.float64],
    right: NDArray[np.float64],
    start: NDArray[np.float64],
    held: int | None = None,
) -> NDArray[np.float64]:
    """Climb from `start` to the likeliest figures (Newton's method); the one at `held` stays as it is."""
    ridge = np.full(len(start), RIDGE)
    if held is not None:
        ridge[held] = 1e9
    found = start.copy()
    for _ in range(200):
        sure = 1 / (1 + np.exp(-np.clip(design @ found, -30, 30)))
        slope = design.T @ (right - sure) - ridge * (found - start)
        bend = (design.T * (sure * (1 - sure))) @ design + np.diag(ridge)
        step = np.linalg.solve(bend, slope)
        # Where nearly all are right, a whole step would overshoot to where nothing can be told any more.
        found = found + step / max(1.0, float(np.abs(step).max()))
        if float(np.abs(step).max()) < 1e-8:
            break
    return found
