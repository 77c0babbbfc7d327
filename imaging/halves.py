"""The two pages of a spread, as parts of its frame, whatever way it lies there."""

import numpy as np

from imaging.arrays import Gray, Points
from imaging.half_side import HalfSide
from imaging.orientation import Quarter
from imaging.spread import GutterEstimate, estimate_gutter
from imaging.transform import PageTransform

_PLAIN = ((1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0))
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


def half_of_turned(gray: Gray, side: HalfSide, turned_deg: Quarter) -> tuple[GutterEstimate, Points]:
    """Return the gutter of a spread (H×W uint8) turned counter-clockwise as seen, and one half of it.

    The gutter is in pixels of the spread as it stands once turned back, the half's corners in the frame's.
    """
    height, width = gray.shape
    stood = np.ascontiguousarray(np.rot90(gray, -turned_deg // 90))
    gutter = estimate_gutter(stood)
    half = half_of((stood.shape[1], stood.shape[0]), gutter, side)
    back = PageTransform(_PLAIN, (width, height), (width, height)).turned_back(turned_deg)
    return gutter, back.to_master(half)


def turn_by_half(transform: PageTransform, side: HalfSide) -> Quarter:
    """Return by how many degrees a spread is turned whose `side` a derivative shows, by where that lies."""
    middle = transform.to_master([np.array(transform.derivative_size) / 2])[0]
    right, down = middle / transform.master_size - 0.5
    # Counter-clockwise a right page goes to the top, to the left, to the bottom.
    if abs(right) >= abs(down):
        turned: Quarter = 0 if right > 0 else 180
        other: Quarter = 180 if right > 0 else 0
    else:
        turned, other = (90, 270) if down < 0 else (270, 90)
    return turned if side == "right" else other
