"""The two pages of a spread, as parts of its frame."""

import numpy as np

from imaging.arrays import Points
from imaging.half_side import HalfSide
from imaging.spread import GutterEstimate

_OVERLAP = 0.02  # of the width that either half takes beyond a gutter nobody saw


def half_of(size: tuple[int, int], gutter: GutterEstimate, side: HalfSide) -> Points:
    """Return the corners of one half of a frame of (width, height) pixels.

    Where no gutter is known both halves reach over the middle, so that nothing is lost between them.
    """
    width, height = size
    room = _OVERLAP * width if gutter.method == "none" else 0.0
    if side == "left":
        edge = (0.0, gutter.x_top + room, gutter.x_bottom + room, 0.0)
    else:
        edge = (gutter.x_top - room, float(width), float(width), gutter.x_bottom - room)
    corners = np.array([edge, (0.0, 0.0, height, height)], dtype=np.float64).T
    return np.clip(corners, 0, [width, height])
