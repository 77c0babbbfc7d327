"""By how many quarter turns two derivatives of one master differ."""

import numpy as np

from imaging.orientation import Quarter
from imaging.transform import PageTransform


def quarters_between(one: PageTransform, other: PageTransform) -> Quarter:
    """Return by how many degrees what stands upright by `other` is turned by `one`, counter-clockwise as
    seen.

    Both are maps of the same master; they may differ by some degrees of skew and in what they crop.
    """
    quarters: tuple[Quarter, ...] = (0, 90, 180, 270)
    return quarters[round((_lie(other) - _lie(one)) / 90) % 4]


def _lie(transform: PageTransform) -> float:
    """Return how a step to the right in the master's middle lies in the derivative: degrees, clockwise."""
    width, height = transform.master_size
    x, y = width / 2, height / 2
    start, end = transform.to_derivative([(x, y), (x + 1, y)])
    right, down = end - start
    return float(np.degrees(np.arctan2(down, right)))
