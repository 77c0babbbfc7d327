"""Tell in which ink a line is written: black, red, or another colour."""

import math
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
    read = np.ascontiguousarray(gray[y0:y1:step, x0:x1:step])
    left, top, right, bottom = seen
    seen_pixels = rgb[top : max(top + 1, bottom), left : max(left + 1, right)]
    if not read.size or not seen_pixels.size:
        return "black"
    colours = cv2.resize(seen_pixels, (read.shape[1], read.shape[0]), interpolation=cv2.INTER_LINEAR)
    strokes = _strokes(read)
    if not 0 < cv2.countNonZero(strokes) < strokes.size:
        return "black"
    bare = np.bitwise_not(strokes)
    paper = np.maximum(1.0, [_level(_reached(colours, plane, bare), 0.5) for plane in range(3)])
    return _named(np.array(cv2.mean(colours, strokes)[:3]) / paper)


def _strokes(read: Pixels) -> Pixels:
    """Mark the strokes of a line with 255."""
    reached = _reached(read, 0, None)
    dark, paper = _level(reached, 0.03), _level(reached, 0.8)
    least = math.ceil(dark + DARK_SHARE * (paper - dark))
    return np.asarray(cv2.threshold(read, least - 1, 255, cv2.THRESH_BINARY_INV)[1], dtype=np.uint8)


def _reached(pixels: cv2.typing.MatLike, plane: int, mask: Pixels | None) -> NDArray[np.float32]:
    """Give for each level how many pixels do not go beyond it."""
    counts = cv2.calcHist([pixels], [plane], mask, [256], [0, 256])
    return np.asarray(counts.ravel().cumsum(), dtype=np.float32)


def _level(reached: NDArray[np.float32], share: float) -> int:
    """Give the level that this share of the pixels does not go beyond."""
    return int(reached.searchsorted(share * float(reached[-1])))


def _named(through: NDArray[np.float64]) -> Ink:
    """Name an ink by the shares of the paper's red, green and blue that it lets through."""
    red, green, blue = (float(share) for share in through)
    if red - green > REDDER and red - blue > REDDER:
        return "red"
    return "other" if max(blue - red, green - red, blue - green) > COLOURED else "black"
