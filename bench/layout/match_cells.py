"""Matches found cells with the true ones by how much of their area they share."""

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

Points = NDArray[np.float64]

ALIKE = 0.8
"""Two cells that share this part of the area they cover together are the same cell."""
SHRINK = 4
"""Areas are counted on a page so many times smaller."""


@dataclass(frozen=True)
class CellScore:
    """How many cells there are, how many were found, and how many of either are the other."""

    true: int
    found: int
    matched: int

    def __add__(self, other: "CellScore") -> "CellScore":
        """Add another page's counts."""
        return CellScore(self.true + other.true, self.found + other.found, self.matched + other.matched)

    @property
    def recall(self) -> float:
        """The share of the true cells that were found."""
        return self.matched / max(1, self.true)

    @property
    def precision(self) -> float:
        """The share of the found cells that are true ones."""
        return self.matched / max(1, self.found)


def match_cells(true: Sequence[Points], found: Sequence[Points]) -> tuple[CellScore, tuple[int, ...]]:
    """Match outlines (N × 2 points each) one to one; also tell which true ones nothing matched."""
    pairs = sorted(
        (
            (share, t, f)
            for t, one in enumerate(true)
            for f, other in enumerate(found)
            if (share := overlap(one, other)) >= ALIKE
        ),
        reverse=True,
    )
    taken: dict[int, int] = {}
    for _, t, f in pairs:
        if t not in taken and f not in taken.values():
            taken[t] = f
    missed = tuple(t for t in range(len(true)) if t not in taken)
    return CellScore(len(true), len(found), len(taken)), missed


def overlap(one: Points, other: Points) -> float:
    """Give the area two outlines share, as a share of the area they cover together."""
    low = np.minimum(one.min(axis=0), other.min(axis=0))
    high = np.maximum(one.max(axis=0), other.max(axis=0))
    if (one.min(axis=0) > other.max(axis=0)).any() or (other.min(axis=0) > one.max(axis=0)).any():
        return 0.0
    shape = tuple(int(side) + 2 for side in np.ceil((high - low) / SHRINK)[::-1])
    drawn = [_filled((outline - low) / SHRINK, shape) for outline in (one, other)]
    return float((drawn[0] & drawn[1]).sum() / max(1, (drawn[0] | drawn[1]).sum()))


def _filled(outline: Points, shape: tuple[int, ...]) -> NDArray[np.bool_]:
    layer = np.zeros(shape, np.uint8)
    cv2.fillPoly(layer, [np.round(outline * 16).astype(np.int32)], 1, shift=4)
    return layer > 0
