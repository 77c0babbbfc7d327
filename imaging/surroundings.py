"""Tell what a page looks like round each of its places, without what is written there."""

import cv2
import numpy as np

from imaging.arrays import Gray

_WHOLE = 9  # a median over fewer pixels is quick as it is
_EVERY, _PATCH = 16, 31  # pixels from sample to sample, and samples across a patch


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


def wide_surroundings(gray: Gray) -> Gray:
    """Return the median over patches of about 500 pixels across round each place of H×W uint8: wider than
    anything that is written or sealed. It is worked out at every 16th pixel."""
    height, width = gray.shape
    first = height % _EVERY // 2, width % _EVERY // 2
    sample = np.ascontiguousarray(gray[first[0] :: _EVERY, first[1] :: _EVERY])
    smooth = cv2.medianBlur(sample, _PATCH)
    return np.asarray(cv2.resize(smooth, (width, height), interpolation=cv2.INTER_LINEAR), dtype=np.uint8)
