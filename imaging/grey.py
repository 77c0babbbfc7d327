"""Turn colour into grey."""

import cv2
import numpy as np

from imaging.arrays import Gray, Pixels


def to_grey(pixels: Pixels) -> Gray:
    """Return the luminance (ITU-R BT.601) of RGB pixels; grey pixels come back as they are."""
    if pixels.ndim == 2:
        return pixels
    return np.asarray(cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY), dtype=np.uint8)
