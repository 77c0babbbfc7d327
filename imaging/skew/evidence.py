"""Marks that lines leave: thin dark ridges of rulings and strokes."""

import cv2
import numpy as np
from numpy.typing import NDArray

from imaging.arrays import Gray, Points

_MOST_MARKS = 4000
_BUSIEST = 0.06  # share of the page that marks may take
_LEAST_STRENGTH = 3
_NOISE_TIMES = 5
_RIDGE, _STROKE = 7, 9  # pixels across which a ridge, and a stroke, is told from what lies on both sides


def shrink(gray: Gray, longest: int) -> Gray:
    """Return the page averaged down by the whole number that brings it nearest to `longest` pixels a side.

    A whole factor keeps both directions in one proportion, and is many times quicker than any other. Of a
    narrow strip so much breadth is kept that strokes can be told on it.
    """
    factor = max(1, min(round(max(gray.shape) / longest), min(gray.shape[:2]) // _STROKE))
    if factor == 1:
        return gray
    height, width = gray.shape[0] // factor, gray.shape[1] // factor
    small = gray[: height * factor, : width * factor]
    # To halve colours twice takes a third of the time of quartering; grey is rounded once, as checks whose
    # limits are a few levels want it.
    while gray.ndim == 3 and factor % 2 == 0:
        factor //= 2
        size = (width * factor, height * factor)
        small = np.asarray(cv2.resize(small, size, interpolation=cv2.INTER_AREA), dtype=np.uint8)
    if factor == 1:
        return small
    return np.asarray(cv2.resize(small, (width, height), interpolation=cv2.INTER_AREA), dtype=np.uint8)


def level_ridges(small: Gray) -> Points:
    """Return N×2 places (x, y) of thin dark level lines; none on what is lower than a line's surroundings."""
    if small.shape[0] < _RIDGE:
        return np.zeros((0, 2))
    smooth = cv2.blur(small, (7, 1))
    # Darker than both sides: the edge of a stain or of the page is darker than one side only.
    ridge = cv2.subtract(cv2.min(smooth[:-6], smooth[6:]), smooth[3:-3])
    crest = cv2.bitwise_and(
        cv2.compare(smooth[3:-3], smooth[2:-4], cv2.CMP_LE),
        cv2.compare(smooth[3:-3], smooth[4:-2], cv2.CMP_LE),
    )
    marks = cv2.bitwise_and(crest, _strong(np.asarray(ridge, dtype=np.uint8)))
    return _places(marks, (0.0, 3.0))


def upright_ridges(small: Gray) -> Points:
    """Return N×2 places (x, y) of thin dark upright lines."""
    return level_ridges(np.asarray(cv2.transpose(small), dtype=np.uint8))[:, ::-1]


def strokes(small: Gray) -> Points:
    """Return N×2 places (x, y) of written strokes."""
    return _places(stroke_mask(small), (4.0, 4.0))


def stroke_mask(small: Gray) -> Gray:
    """Return 255 where a stroke is darker than what lies on either side of it; 4 pixels less on each edge."""
    if min(small.shape) < _STROKE:
        return np.zeros([max(0, side - _STROKE + 1) for side in small.shape], np.uint8)
    inner = small[4:-4, 4:-4]
    level = cv2.min(small[:-8, 4:-4], small[8:, 4:-4])
    upright = cv2.min(small[4:-4, :-8], small[4:-4, 8:])
    ridge = cv2.subtract(cv2.max(level, upright), inner)
    return np.asarray(_strong(np.asarray(ridge, dtype=np.uint8)), dtype=np.uint8)


def _strong(ridge: NDArray[np.uint8]) -> cv2.typing.MatLike:
    """Return the mask of ridges that count: above noise, and not too many of them."""
    counts = cv2.calcHist([ridge], [0], None, [256], [0, 256]).ravel()
    above = counts[::-1].cumsum()[::-1]
    busiest = int(np.argmax(above <= _BUSIEST * ridge.size))
    # Half of pure noise is darker than neither side and clipped to 0, so its spread shows in the upper part.
    noise = int(np.argmax(above <= 0.16 * ridge.size))
    level = max(busiest, _LEAST_STRENGTH, min(_NOISE_TIMES * noise, 40))
    return cv2.threshold(ridge, level - 1, 255, cv2.THRESH_BINARY)[1]


def _places(marks: cv2.typing.MatLike, corner: tuple[float, float]) -> Points:
    found = cv2.findNonZero(marks)
    if found is None:
        return np.zeros((0, 2))
    step = max(1, -(-len(found) // _MOST_MARKS))
    return np.asarray(found.reshape(-1, 2)[::step] + np.array(corner), dtype=np.float64)
