"""Tell what a page looks like round each of its places, without what is written there."""

import cv2
import numpy as np

from imaging.arrays import Gray

_WHOLE = 9  # a median over fewer pixels is quick as it is


def surroundings(gray: Gray, across: int) -> Gray:
    """Return the median over patches of so many pixels across (odd) round each place of H×W uint8.

    It is worked out at every other pixel: paper changes slowly, and a wide median is slow.
    """
    if across < _WHOLE or min(gray.shape) < 2 * across:
        return np.asarray(cv2.medianBlur(gray, across), dtype=np.uint8)
    # Every other pixel, not their averages: these would be darker where writing is.
    every_other = np.ascontiguousarray(gray[1::2, 1::2])
    smooth = cv2.medianBlur(every_other, (across // 2) | 1)
    size = (gray.shape[1], gray.shape[0])
    return np.asarray(cv2.resize(smooth, size, interpolation=cv2.INTER_LINEAR), dtype=np.uint8)
