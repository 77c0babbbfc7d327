"""Take red ink out of a page, so that a seal over a name does not hide it."""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import ArrayLike, NDArray

RED_OVER_PAPER = 28
"""How much redder than the paper round it a pixel must be (8-bit levels, R − G) to be red ink."""


@dataclass(frozen=True, slots=True)
class SealFree:
    """A page as grey without its red ink, and where the red ink was (255) in a mask of the same size."""

    gray: NDArray[np.uint8]
    red: NDArray[np.uint8]


def separate_seals(rgb: NDArray[np.uint8]) -> SealFree:
    """Return the page (H × W × 3) as grey in which red ink is nearly as light as the paper.

    Red ink reflects red light almost as paper does, so the red channel shows black strokes under a seal;
    the mask comes from what is redder than its surroundings, so that brown paper and stains are not taken
    for ink.
    """
    red, green = cv2.extractChannel(rgb, 0), cv2.extractChannel(rgb, 1)
    excess = _bytes(cv2.subtract(red, green))
    redder = cv2.subtract(excess, _surroundings(excess))
    mask = _bytes(cv2.threshold(redder, RED_OVER_PAPER, 255, cv2.THRESH_BINARY)[1])
    return SealFree(_lifted(_bytes(red), mask), mask)


def _bytes(pixels: ArrayLike) -> NDArray[np.uint8]:
    return np.asarray(pixels, dtype=np.uint8)


def _lifted(red: NDArray[np.uint8], mask: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Lighten what lies under red ink by as much as the ink itself darkens paper."""
    if not cv2.countNonZero(mask):
        return red
    paper = float(np.median(red[::8, ::8]))
    ink = float(np.percentile(red[::2, ::2][mask[::2, ::2] > 0], 60)) if mask[::2, ::2].any() else paper
    levels = np.arange(256)
    lifted = np.maximum(levels, np.minimum(levels + max(0.0, paper - ink), max(paper, ink)))
    inked = cv2.dilate(mask, np.ones((3, 3), np.uint8))
    return _bytes(cv2.copyTo(cv2.LUT(red, _bytes(lifted)), inked, red.copy()))


def _surroundings(excess: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Estimate the paper's own redness: a median over patches larger than a seal's stroke."""
    height, width = excess.shape
    smooth = cv2.medianBlur(np.ascontiguousarray(excess[height % 16 // 2 :: 16, width % 16 // 2 :: 16]), 31)
    return _bytes(cv2.resize(smooth, (width, height), interpolation=cv2.INTER_LINEAR))
