"""Take cancelling strokes off the writing they cancel, and off the page on which ruled lines are sought."""

import cv2
import numpy as np
from numpy.typing import NDArray

Mask = NDArray[np.uint8]

CLEAR = 30
"""So many hundredths of a stroke's own pixels are darker than its ink is taken to be; black is under them."""
DARKEST = 0.5
"""Red ink lets through this share of the red light at least."""
PATCH, AROUND = 16, 31
"""The paper is looked at in every 16th pixel, over so many of them."""


def lift_strokes(gray: Mask, red: Mask, mask: Mask, strokes: Mask) -> Mask:
    """Return `gray` (H × W) as it was before the strokes were drawn over it.

    `red` is the red channel, `mask` where it is red ink, `strokes` where strokes are. Ink on ink lets through
    the product of what each lets through, so the red is divided out; no place gets lighter than its paper.
    """
    paper = _paper(red)
    own = cv2.bitwise_and(mask, strokes)[::2, ::2] > 0
    through = red[::2, ::2][own] / np.maximum(1, paper[::2, ::2][own])
    clear = max(DARKEST, float(np.percentile(through, CLEAR))) if through.size else 1.0
    lifted = cv2.min(cv2.convertScaleAbs(red, alpha=1 / clear), paper)
    return np.asarray(cv2.copyTo(cv2.max(lifted, red), strokes, gray.copy()), dtype=np.uint8)


def painted_over(gray: Mask, strokes: Mask) -> Mask:
    """Return `gray` (H × W) with paper in place of all that lies where the strokes are."""
    return np.asarray(cv2.copyTo(_paper(gray), strokes, gray.copy()), dtype=np.uint8)


def _paper(gray: Mask) -> Mask:
    height, width = gray.shape
    sample = np.ascontiguousarray(gray[height % PATCH // 2 :: PATCH, width % PATCH // 2 :: PATCH])
    smooth = cv2.medianBlur(sample, AROUND)
    return np.asarray(cv2.resize(smooth, (width, height), interpolation=cv2.INTER_LINEAR), dtype=np.uint8)
