"""Choose the size at which a page is read: strokes and lines are sought at their size on a 300 ppi scan."""

import cv2
import numpy as np
from numpy.typing import NDArray

from imaging.resize_by import resize_by
from ingest.pipeline.results import Box

PPI, LONG_SIDE = 300, 3508
"""A4 at 300 ppi has this longer side; a page that states no usable resolution is taken for A4."""
STATED = (150, 1200)
CLOSE = 1.25
"""Sizes this near the wanted one are read as they are."""


def reading_scale(shape: tuple[int, ...], ppi: float | None) -> float:
    """Give the factor by which a page of (height, width, …) is to be resized before its form is sought."""
    longer = max(shape[:2])
    if ppi is not None and STATED[0] <= ppi <= STATED[1] and longer / ppi >= 5:
        factor = PPI / ppi
    else:
        factor = LONG_SIDE / longer
    return 1.0 if 1 / CLOSE <= factor <= CLOSE else factor


def resized(gray: NDArray[np.uint8], factor: float) -> NDArray[np.uint8]:
    """Resize pixels by a factor; they come back as they are at 1."""
    if factor == 1.0:
        return gray
    return resize_by(gray, factor, cv2.INTER_AREA if factor < 1 else cv2.INTER_CUBIC)


def scaled(box: Box, factor: float) -> Box:
    """Give a box on a page that is resized by a factor, in whole pixels."""
    x0, y0, x1, y1 = (round(edge * factor) for edge in box)
    return x0, y0, x1, y1
