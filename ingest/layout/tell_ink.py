"""Tell in which ink a line is written: black, red, or another colour."""

from typing import Literal

import cv2
import numpy as np
from numpy.typing import NDArray

Ink = Literal["black", "red", "other"]
Box = tuple[int, int, int, int]
Pixels = NDArray[np.uint8]

REDDER = 0.16
"""Ink that lets through this much more of the paper's red than of its green (shares of 1) is red."""
COLOURED = 0.2
"""Ink that lets colours through this unevenly in any other way (blue, violet, green) is neither."""
DARK_SHARE = 0.5
"""Strokes are what lies in the darker part between the paper's level and the darkest pixels'."""
FINEST = 4.0
"""Strokes are looked at on a line of about this many thousand pixels; more tell nothing new."""


def tell_ink(rgb: Pixels, gray: Pixels, seen: Box, line: Box) -> Ink:
    """Tell the ink of a line.

    `line` is its box on `gray`, the page (H × W) as it is read, seals lifted; `seen` is the same place on
    `rgb`, the page in colour (H × W × 3), which may be of another size.
    """
    x0, y0, x1, y1 = line
    step = max(1, int(((x1 - x0) * (y1 - y0) / (1000 * FINEST)) ** 0.5))
    read = gray[y0:y1:step, x0:x1:step]
    left, top, right, bottom = seen
    seen_pixels = rgb[top : max(top + 1, bottom), left : max(left + 1, right)]
    if not read.size or not seen_pixels.size:
        return "black"
    colours = cv2.resize(seen_pixels, (read.shape[1], read.shape[0]), interpolation=cv2.INTER_AREA)
    strokes = _strokes(read)
    if not strokes.any() or strokes.all():
        return "black"
    paper = np.maximum(1.0, [_level(plane, 0.5) for plane in colours[~strokes].T])
    return _named(colours[strokes].mean(axis=0) / paper)


def _strokes(read: Pixels) -> NDArray[np.bool_]:
    dark, paper = _level(read, 0.03), _level(read, 0.8)
    return np.asarray(read < dark + DARK_SHARE * (paper - dark), dtype=np.bool_)


def _level(pixels: Pixels, share: float) -> int:
    """Give the level that this share of the pixels does not go beyond, from a histogram."""
    counts = np.bincount(pixels.ravel(), minlength=256).cumsum()
    return int(np.searchsorted(counts, share * counts[-1]))


def _named(through: NDArray[np.float64]) -> Ink:
    """Name an ink by the shares of the paper's red, green and blue that it lets through."""
    red, green, blue = (float(share) for share in through)
    if red - green > REDDER and red - blue > REDDER:
        return "red"
    return "other" if max(blue - red, green - red, blue - green) > COLOURED else "black"
