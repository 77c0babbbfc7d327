"""Bends the strokes of one glyph as a brush does, which no type face has."""

from functools import lru_cache

import cv2
import numpy as np
from numpy.typing import NDArray

SWAYS = 64
KNOTS = 5


def sway_strokes(
    patch: NDArray[np.uint8], matrix: NDArray[np.float64], sway: float, which: int
) -> NDArray[np.uint8]:
    """Return the glyph turned and stretched by the matrix (2×3), its strokes bent by up to `sway` of its side.

    `which` of the `SWAYS` ways of bending.
    """
    side = patch.shape[0]
    back = cv2.invertAffineTransform(matrix)
    bent = _ways(side)[which] * (sway * side)
    down, across = np.mgrid[:side, :side].astype(np.float32)
    x = back[0, 0] * across + back[0, 1] * down + back[0, 2] + bent[0]
    y = back[1, 0] * across + back[1, 1] * down + back[1, 2] + bent[1]
    swayed = cv2.remap(patch, x.astype(np.float32), y.astype(np.float32), cv2.INTER_LINEAR)
    return np.asarray(swayed, dtype=np.uint8)


@lru_cache(maxsize=16)
def _ways(side: int) -> NDArray[np.float32]:
    """Return so many smooth fields of shifts, each between about −1 and 1: ways × (x, y) × side × side."""
    rng = np.random.default_rng(SWAYS)
    coarse = rng.normal(0, 0.6, (SWAYS, 2, KNOTS, KNOTS)).astype(np.float32)
    fields = [[cv2.resize(one, (side, side), interpolation=cv2.INTER_CUBIC) for one in way] for way in coarse]
    return np.asarray(fields, dtype=np.float32)
