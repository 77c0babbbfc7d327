"""Enlarge a narrow part of a page as the detector wants it, as far as its memory goes."""

import cv2
import numpy as np

from ingest.ocr.port import Pixels
from ingest.ocr.split_page import LARGEST

SHORTEST = 736
"""The detector was taught parts whose shorter side has so many pixels (RapidOCR's `Det.limit_side_len`)."""
STEP = 32
"""Its network takes sides of whole steps."""
WIDE, PADDED = 8, 4
"""RapidOCR pads parts more than so many times wider than high, until they are so many times wider."""


def enlarge_part(rgb: Pixels) -> Pixels:
    """Return a part (H × W × 3) whose shorter side is brought near SHORTEST, of about LARGEST pixels at most.

    A slip of 1 : 40 brought to SHORTEST whatever its length would take gigabytes. What need not be enlarged
    comes back as it is.
    """
    height, width = rgb.shape[:2]
    padded = max(height, width // PADDED) if width > WIDE * height else height
    ratio = min(SHORTEST / min(padded, width), (LARGEST / (padded * width)) ** 0.5)
    if ratio <= 1 and min(height, width) >= STEP:
        return rgb
    size = (_whole_steps(width * max(1.0, ratio)), _whole_steps(height * max(1.0, ratio)))
    return np.asarray(cv2.resize(rgb, size), dtype=np.uint8)


def _whole_steps(side: float) -> int:
    return max(STEP, round(int(side) / STEP) * STEP)
