"""Tell a ruled line from a row of glyphs whose edges stand one below another."""

import cv2
import numpy as np
from numpy.typing import NDArray

from imaging.small_median import small_median

Gray = NDArray[np.uint8]

CORE, SIDE = 4, 5
"""A line is looked at so many working pixels each way from its middle, and its paper so many more."""
SMOOTHED = 5
WANDERS, BREAKS_OFF = 0.53, 0.18
"""Glyph edges lie so many working pixels off one straight line (the median), and over this share of their
length leave paper between them. On 84 worn drawn pages five lines of writing did both, by 0.61 and 0.19 at
least; of those ruled no whole one broke off over 0.14, and no dashed one wandered by more than 0.46."""
FAINT = 0.35
"""There is paper where a line is fainter than this share of what it is where it is dark."""


def runs_straight(gray: Gray, middle: float, start: float, end: float) -> bool:
    """Tell whether a line from `start` to `end` along axis 1 of H × W is ruled; `middle` is its place across.

    At the rim of the page, where paper is missing on one side, it is taken to be.
    """
    low, high = round(middle) - CORE - SIDE, round(middle) + CORE + SIDE + 1
    if low < 0 or high > len(gray):
        return True
    band = cv2.blur(gray[low:high, round(start) : round(end)], (SMOOTHED, 1)).astype(np.float64)
    paper = np.minimum(small_median(band[:SIDE]), small_median(band[-SIDE:]))
    depth = np.maximum(0, paper - band[SIDE:-SIDE])
    weight, darkest = depth.sum(axis=0), depth.max(axis=0)
    there = darkest >= max(1.0, FAINT * float(np.percentile(darkest, 75)))
    if not there.any():
        return False
    # Only what is dark tells where the line runs: dashes have nothing but grain between them.
    places, along = (np.arange(len(depth)) @ depth)[there] / weight[there], np.flatnonzero(there)
    off = places - np.polyval(np.polyfit(along, places, 1), along)
    return float(small_median(np.abs(off))) < WANDERS or float(there.mean()) > 1 - BREAKS_OFF
