"""Resize pixels by a factor."""

import cv2
import numpy as np
from numpy.typing import NDArray


def resize_by(pixels: NDArray[np.uint8], factor: float, how: int = cv2.INTER_LINEAR) -> NDArray[np.uint8]:
    """Return pixels resized by a factor; of a sliver no side gets lost, as OpenCV would have it."""
    height, width = (max(1, round(side * factor)) for side in pixels.shape[:2])
    if min(pixels.shape[:2]) * factor > 0.5:
        found = cv2.resize(pixels, None, fx=factor, fy=factor, interpolation=how)
    else:
        found = cv2.resize(pixels, (width, height), interpolation=how)
    return np.asarray(found, dtype=np.uint8)
