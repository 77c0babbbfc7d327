"""Judge which edges of a form are drawn: piece by piece along a line, is it darker than the paper beside?"""

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from imaging.small_median import small_median

Gray = NDArray[np.uint8]
Depths = NDArray[np.float64]

PIECE, LEAST_PIECES, MOST_PIECES = 7, 4, 16
"""An edge is looked at in pieces of about so many working pixels: long enough that grain evens out."""
NEAR, FAR = 3, 8
"""How far from the line the paper is looked at, in working pixels."""
ONE_SIDED = 0.2
"""Beside a stain or writing one side may be nearly as dark as the line, but not this near."""
TRACED = 0.3
"""This share of the line's usual darkness is enough where it is faded."""
LEAST_DEPTH = 7.0
SURE, UNBROKEN = 0.8, 0.92
"""Edges that are line over the first share tell how dark it usually is; those over the second are drawn,
dashed ones too, whose gaps are filled."""
ENOUGH = (0.75, 0.4, 0.3)
"""An edge is drawn where so many of its pieces are; fewer are enough if the line is seen at one of its ends,
and at both: writing across the place of a line that is not drawn keeps off the lines beside it."""


def piece_depths(gray: Gray, line: tuple[float, float], edge: tuple[float, float]) -> Depths:
    """Give how many grey levels each piece of an edge is darker than the paper on both its sides.

    `gray` (H × W) is turned so that lines run along axis 1; `line` is low and high across, `edge` start and
    end along, in its pixels.
    """
    start, end = round(edge[0]), round(edge[1])
    low, high = round(line[0]), max(round(line[0]) + 1, round(line[1]))
    top = max(0, low - FAR)
    around = gray[top : high + FAR, max(0, start) : max(0, end)]
    before, after = low - top, high - top
    if around.shape[1] < LEAST_PIECES or before < 1 or after >= len(around):
        return np.zeros(LEAST_PIECES)
    count = min(MOST_PIECES, max(LEAST_PIECES, around.shape[1] // PIECE))
    pieces = cv2.resize(around, (count, len(around)), interpolation=cv2.INTER_AREA).astype(np.float64)
    darkest = pieces[max(0, before - 1) : after + 1].min(axis=0)
    above = small_median(pieces[: max(1, before - NEAR + 1)])
    below = small_median(pieces[min(len(pieces) - 1, after + NEAR - 1) :])
    depth, narrow = np.maximum(above, below) - darkest, np.minimum(above, below) - darkest
    return np.asarray(np.where(narrow >= ONE_SIDED * depth, depth, 0.0), dtype=np.float64)


@dataclass(frozen=True, slots=True)
class Evidence:
    """What one line shows edge by edge: the depths of its pieces, the share that is surely line, and the
    line's usual depth."""

    depths: tuple[Depths, ...]
    shares: tuple[float, ...]
    usual: float

    def drawn(self, first: int, last: int) -> bool:
        """Judge the edges from `first` up to, not with, `last` as one."""
        if unbroken(self.shares[first:last]):
            return True
        return is_drawn(np.concatenate(self.depths[first:last]), self.usual)


def unbroken(shares: Sequence[float]) -> bool:
    """Tell that all edges of a line are drawn, whatever their pieces show."""
    return min(shares, default=0.0) >= UNBROKEN


def evidence(depths: Sequence[Depths], shares: Sequence[float]) -> Evidence:
    """Take the line's usual depth from those edges that are surely drawn."""
    sure = [depth for depth, share in zip(depths, shares, strict=True) if share >= SURE]
    usual = float(np.median(np.concatenate(sure))) if sure else np.inf
    return Evidence(tuple(depths), tuple(shares), usual)


def is_drawn(depths: Depths, usual: float) -> bool:
    """Judge an edge by the depths of its pieces and the line's usual depth."""
    seen = depths >= max(LEAST_DEPTH, TRACED * usual)
    ends = int(seen[:2].any()) + int(seen[-2:].any())
    return int(np.count_nonzero(seen)) >= ENOUGH[ends] * len(seen)
