"""Percentiles of whole levels from how often each occurs: many times quicker than by sorting them."""

import math

import cv2
import numpy as np
from numpy.typing import ArrayLike, NDArray

from imaging.arrays import Gray

Counts = NDArray[np.int64]


def count_levels(gray: Gray, mask: Gray | None = None) -> Counts:
    """Return how often each of the 256 levels occurs in H×W uint8, where a mask of its size is not 0."""
    counts = cv2.calcHist([np.ascontiguousarray(gray)], [0], mask, [256], [0, 256]).ravel()
    return np.asarray(counts, dtype=np.int64)


def percentiles(counts: Counts, shares: ArrayLike) -> NDArray[np.float64]:
    """Return the levels that these hundredths of the samples do not exceed, as numpy.percentile does."""
    reached = counts.cumsum()
    places = np.asarray(shares, dtype=np.float64) / 100 * (reached[-1] - 1)
    low, high = (np.searchsorted(reached, side, "right") for side in (np.floor(places), np.ceil(places)))
    return np.asarray(low + (high - low) * (places - np.floor(places)), dtype=np.float64)


def percentile(counts: Counts, share: float) -> float:
    """Return one such level, in a quarter of the time that several take."""
    reached = counts.cumsum()
    place = share / 100 * (int(reached[-1]) - 1)
    low, high = (int(reached.searchsorted(side, "right")) for side in (math.floor(place), math.ceil(place)))
    return low + (high - low) * (place - math.floor(place))
