"""How curved paper shifts what is drawn on it, up or down, from one edge to the other."""

from dataclasses import dataclass

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

Points = NDArray[np.float64]
KNOTS = 257
REACH = 0.14
MIDDLE = 0.5


@dataclass(frozen=True)
class Bow:
    """The shift along a sheet: `rise` in pixels at evenly spaced places from left to right,
    `lean` (−1 to 1) how it grows from top to bottom.
    """

    width: float
    height: float
    rise: Points
    lean: float

    def bend(self, x: Points, y: Points) -> Points:
        """Return where the points of the flat sheet come to lie, in y; x stays."""
        return y + self._rise_at(x) * (1 + self.lean * (2 * y / self.height - 1))

    def flatten(self, x: Points, y: Points) -> Points:
        """Return where the points of the bent sheet come from, in y: the inverse of `bend`."""
        rise = self._rise_at(x)
        return (y - rise * (1 - self.lean)) / (1 + 2 * rise * self.lean / self.height)

    def _rise_at(self, x: Points) -> Points:
        return np.interp(x / self.width, np.linspace(0, 1, KNOTS), self.rise)


def bend_sheet(width: float, height: float, most: float, gutter: float | None, rng: Generator) -> Bow | None:
    """Return how a sheet bows by up to `most` pixels, most of all at its binding.

    The binding is at `gutter` (0 left, 1 right), or at one of the edges by chance. What the bow would turn the whole
    sheet by is taken out, so that the sheet's skew stays the turn it was given.
    """
    at = float(rng.integers(2)) if gutter is None else gutter
    wave, phase, lean = rng.uniform(0.1, 0.3), rng.uniform(0, 2 * np.pi), float(rng.uniform(-0.8, 0.8))
    amount = float(rng.uniform(0.5, 1.0)) * most * (1 if rng.random() < MIDDLE else -1)
    if most == 0:
        return None
    along = np.linspace(0, 1, KNOTS)
    shape = np.exp(-np.abs(along - at) / REACH) + wave * np.sin(2 * np.pi * along + phase)
    shape -= np.polyval(np.polyfit(along, shape, 1), along)
    return Bow(width, height, amount * shape / np.abs(shape).max(), lean)
