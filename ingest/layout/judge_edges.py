"""Judge which edges of a form are drawn: along a known line, piece by piece, is it darker than the paper beside?"""

from collections.abc import Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

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
ENOUGH = (0.75, 0.45, 0.32)
"""An edge is drawn where so many of its pieces are; fewer are enough if the line is seen at one of its ends, and
at both: writing across the place of a line that is not drawn keeps off the lines beside it."""


def piece_depths(gray: Gray, line: tuple[float, float], edge: tuple[float, float]) -> Depths:
    """Give how many grey levels each piece of an edge is darker than the paper on both its sides.

    `gray` (H × W) is turned so that lines run along axis 1; `line` is low and high across, `edge` start and end
    along, in its pixels.
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
    sides = np.stack(
        [
            np.median(pieces[: max(1, before - NEAR + 1)], axis=0),
            np.median(pieces[min(len(pieces) - 1, after + NEAR - 1) :], axis=0),
        ]
    )
    depth, narrow = sides.max(axis=0) - darkest, sides.min(axis=0) - darkest
    return np.asarray(np.where(narrow >= ONE_SIDED * depth, depth, 0.0), dtype=np.float64)


def usual_depth(depths: Sequence[Depths]) -> float:
    """Tell how dark a line usually is from the pieces of those edges that are surely drawn."""
    return float(np.median(np.concatenate(depths))) if depths else np.inf


def is_drawn(depths: Depths, usual: float) -> bool:
    """Judge an edge by the depths of its pieces and the line's usual depth."""
    seen = depths >= max(LEAST_DEPTH, TRACED * usual)
    ends = int(seen[:2].any()) + int(seen[-2:].any())
    return float(seen.mean()) >= ENOUGH[ends]
