"""Tell near duplicates: a hash to find candidates, and a closer look at two pages."""

from contextlib import suppress

import cv2
import numpy as np
from numpy.typing import NDArray

from imaging.arrays import Gray

_HASH_SIDE = 32
_LOW = 8
_LOOK = 512
_BLOCKS = 8


def perceptual_hash(gray: Gray) -> int:
    """Return a 64-bit hash (DCT signs): near pictures differ in few bits, but so do two pages of one form."""
    small = cv2.resize(gray, (_HASH_SIDE, _HASH_SIDE), interpolation=cv2.INTER_AREA)
    low = cv2.dct(np.asarray(small, dtype=np.float32))[:_LOW, :_LOW].ravel()
    bits = low > np.median(low[1:])
    return int.from_bytes(np.packbits(bits).tobytes(), "big")


def hamming(first: int, second: int) -> int:
    """Return in how many bits two hashes differ."""
    return (first ^ second).bit_count()


def same_page(first: Gray, second: Gray) -> float:
    """Return from 0 to 1 how alike two upright, cropped pages are; above 0.5 is one page scanned twice.

    Blocks are compared one by one and the lower quarter decides, so that two pages of one ruled form,
    alike in their lines and unlike in their writing, come out apart.
    """
    one, two = _ink(first), _ink(second)
    if min(one.std(), two.std()) < 1.0:
        return 0.0
    two = _aligned(one, two)
    scores = [
        _correlation(a, b)
        for strip, other in zip(np.array_split(one, _BLOCKS), np.array_split(two, _BLOCKS), strict=True)
        for a, b in zip(np.array_split(strip, _BLOCKS, 1), np.array_split(other, _BLOCKS, 1), strict=True)
        if max(a.std(), b.std()) > 0.5 * one.std()
    ]
    return float(np.clip(np.percentile(scores, 25), 0, 1)) if scores else 0.0


def _ink(gray: Gray) -> NDArray[np.float32]:
    small = cv2.resize(gray, (_LOOK, _LOOK), interpolation=cv2.INTER_AREA)
    page = cv2.GaussianBlur(np.asarray(small, dtype=np.float32), (0, 0), 1.2)
    return np.asarray(np.maximum(cv2.blur(page, (25, 25)) - page, 0), dtype=np.float32)


def _aligned(one: NDArray[np.float32], two: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return the second page laid over the first: a shift by phase, then an affine fit where one is found."""
    (right, down), _ = cv2.phaseCorrelate(one, two, cv2.createHanningWindow((_LOOK, _LOOK), cv2.CV_32F))
    warp = np.array([[1, 0, right], [0, 1, down]], dtype=np.float32)
    stop = (cv2.TERM_CRITERIA_EPS | cv2.TERM_CRITERIA_COUNT, 40, 1e-4)
    # Where no fit converges the pages differ, and the shift alone will show it.
    with suppress(cv2.error):
        _, fit = cv2.findTransformECC(one, two, warp.copy(), cv2.MOTION_AFFINE, stop)
        warp = np.asarray(fit, dtype=np.float32)
    flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    return np.asarray(cv2.warpAffine(two, warp, (_LOOK, _LOOK), flags=flags), dtype=np.float32)


def _correlation(a: NDArray[np.float32], b: NDArray[np.float32]) -> float:
    x, y = a - a.mean(), b - b.mean()
    scale = float(np.sqrt((x * x).sum() * (y * y).sum()))
    return float((x * y).sum()) / scale if scale > 1e-6 else 0.0
