"""Marks that lines leave: thin dark ridges for rulings, ink for writing."""

import cv2
import numpy as np
from numpy.typing import NDArray

from imaging.arrays import Gray, Points

_MOST_MARKS = 6000


def shrink(gray: Gray, longest: int) -> Gray:
    """Return the page no longer than `longest` pixels a side, averaged."""
    scale = longest / max(gray.shape)
    if scale >= 1:
        return gray
    size = (max(1, round(gray.shape[1] * scale)), max(1, round(gray.shape[0] * scale)))
    return np.asarray(cv2.resize(gray, size, interpolation=cv2.INTER_AREA), dtype=np.uint8)


def level_ridges(small: Gray) -> Points:
    """Return N×2 places (x, y) of thin dark level lines; turn the page by a quarter for upright ones."""
    smooth = cv2.blur(small, (7, 1))
    # Darker than both sides: the edge of a stain or of the page is darker than one side only.
    sides = np.minimum(smooth[:-6], smooth[6:])
    ridge = cv2.subtract(sides, smooth[3:-3])
    crest = (ridge >= cv2.subtract(sides, smooth[2:-4])) & (ridge >= cv2.subtract(sides, smooth[4:-2]))
    strength = np.where(crest, ridge, 0)
    return _strongest(strength) + np.array([0.0, 3.0])


def ink(small: Gray) -> Points:
    """Return N×2 places (x, y) of writing: what is clearly darker than its surroundings."""
    ground = cv2.blur(small, (41, 41))
    return _strongest(cv2.subtract(ground, small))


def _strongest(strength: NDArray[np.uint8]) -> Points:
    """Return the strongest marks, but none that noise alone would leave; evenly thinned when too many."""
    counts = np.bincount(strength.ravel(), minlength=256)
    above = counts[::-1].cumsum()[::-1]
    level = int(np.argmax(above <= 0.06 * strength.size))
    y, x = np.nonzero(strength >= max(level, 3))
    step = max(1, -(-len(x) // _MOST_MARKS))
    return np.column_stack([x, y])[::step].astype(np.float64)
