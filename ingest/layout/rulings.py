"""Ruled lines as found: frozen results that the grid is built from."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Ruling:
    """One straight line of a page, in that page's pixels.

    `low` and `high` are its two sides across its direction; `stretches` are the inked parts along it, in
    order.
    """

    low: float
    high: float
    stretches: tuple[tuple[float, float], ...]

    @property
    def position(self) -> float:
        """Where the middle of the line lies across its direction."""
        return (self.low + self.high) / 2

    @property
    def longest(self) -> float:
        """How many pixels its longest inked stretch has."""
        start, end = self.longest_stretch
        return end - start

    @property
    def longest_stretch(self) -> tuple[float, float]:
        """The start and end of that stretch."""
        return max(self.stretches, key=lambda stretch: stretch[1] - stretch[0])

    @property
    def inked(self) -> float:
        """How many pixels all its stretches have."""
        return sum(end - start for start, end in self.stretches)


@dataclass(frozen=True, slots=True)
class Ridges:
    """Where the lines of a page of `shape` (height, width) are drawn, each direction apart.

    The ridges are the lines themselves, 255 where there is one, `scale` times the page's size: they tell
    whether one edge of a cell is drawn. The marks are all that is darker than the paper round it, writing
    too; `gray` is the page at that size.
    """

    shape: tuple[int, int]
    vertical_ridges: NDArray[np.uint8]
    horizontal_ridges: NDArray[np.uint8]
    marks: NDArray[np.uint8]
    gray: NDArray[np.uint8]
    scale: float


@dataclass(frozen=True, slots=True)
class Rulings(Ridges):
    """The ruled lines of a page and where they are drawn, each direction sorted by position."""

    vertical: tuple[Ruling, ...]
    horizontal: tuple[Ruling, ...]
