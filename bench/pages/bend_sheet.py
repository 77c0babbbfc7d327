"""How curved paper shifts what is drawn on it: up or down along the sheet, and sideways a little."""

from dataclasses import dataclass

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

Points = NDArray[np.float64]
KNOTS = 257
REACH = 0.14
FORM = (0.05, 0.95)
ALONG = np.linspace(0, 1, KNOTS)


@dataclass(frozen=True)
class Bow:
    """The shifts over a sheet: `rise` in pixels, downwards, at evenly spaced places from left to right,
    growing by `lean` (−1 to 1) from top to bottom; `drift` in pixels, to the right, at places from top to
    bottom.
    """

    width: float
    height: float
    rise: Points
    lean: float
    drift: Points

    def bend(self, x: Points, y: Points) -> tuple[Points, Points]:
        """Return where the points of the flat sheet come to lie."""
        bent = y + self._rise_at(x) * (1 + self.lean * (2 * y / self.height - 1))
        return x + self._drift_at(bent), bent

    def flatten(self, x: Points, y: Points) -> tuple[Points, Points]:
        """Return where the points of the bent sheet come from: the inverse of `bend`."""
        flat = x - self._drift_at(y)
        rise = self._rise_at(flat)
        return flat, (y - rise * (1 - self.lean)) / (1 + 2 * rise * self.lean / self.height)

    def _rise_at(self, x: Points) -> Points:
        return np.interp(x / self.width, ALONG, self.rise)

    def _drift_at(self, y: Points) -> Points:
        return np.interp(y / self.height, ALONG, self.drift)


def bend_sheet(
    size: tuple[float, float], most: float, aside: float, gutter: float | None, rng: Generator
) -> Bow | None:
    """Return how a sheet (width, height) bows by up to `most` pixels, most of all at its binding, and by up
    to `aside` pixels sideways, as damp leaves it.

    The binding is at `gutter` (0 left, 1 right), or at one of the edges by chance. Away from it the sheet
    lies flat, and sideways it bows the same way in its upper and its lower half, so that its skew stays the
    turn it was given.
    """
    at = float(rng.integers(2)) if gutter is None else gutter
    wave, phase, lean = rng.uniform(0.05, 0.2), rng.uniform(0, 2 * np.pi), float(rng.uniform(-0.8, 0.8))
    amount = float(rng.uniform(0.5, 1.0)) * most * (1 if rng.random() < 0.5 else -1)
    sideways, turns = rng.uniform(-1, 1) * aside, rng.uniform(0.3, 1.0)
    if most == 0:
        return None
    rise = np.exp(-np.abs(ALONG - at) / REACH) + wave * _untilted(np.sin(2 * np.pi * ALONG + phase))
    drift = np.cos(2 * np.pi * turns * (ALONG - 0.5))
    return Bow(*size, amount * rise / np.abs(rise).max(), lean, sideways * (drift - drift.mean()))


def _untilted(shape: Points) -> Points:
    """Return a shape without the straight line that fits it best where the form stands."""
    within = (FORM[0] <= ALONG) & (FORM[1] >= ALONG)
    return np.asarray(shape - np.polyval(np.polyfit(ALONG[within], shape[within], 1), ALONG))
