"""The levels of a pyramid: a page, and it halved again and again."""

import cv2
import numpy as np

from imaging.arrays import Pixels

TILE_SIZE = 256


def halved(pixels: Pixels) -> list[Pixels]:
    """Return grey or RGB pixels and their halves, each pixel the mean of four, until one tile holds the
    whole."""
    levels = [pixels]
    while max(levels[-1].shape[:2]) > TILE_SIZE:
        height, width = (max(1, side // 2) for side in levels[-1].shape[:2])
        even = levels[-1][: 2 * height, : 2 * width]
        half = cv2.resize(even, (width, height), interpolation=cv2.INTER_AREA)
        levels.append(np.asarray(half, dtype=np.uint8))
    return levels
