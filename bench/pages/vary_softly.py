"""Smooth random fields: the slow changes of tone, fading and stains over a sheet."""

import cv2
import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

Field = NDArray[np.float32]


def soft_field(shape: tuple[int, ...], knots: int, low: float, high: float, rng: Generator) -> Field:
    """Return a smooth field of this height and width between low and high,
    from a random grid of so many knots a side.
    """
    coarse = rng.uniform(low, high, (knots, knots)).astype(np.float32)
    # Spread in two steps: cubic while small, then linear, which is much faster at full size.
    middle = cv2.resize(coarse, (shape[1] // 8 + 1, shape[0] // 8 + 1), interpolation=cv2.INTER_CUBIC)
    field = cv2.resize(middle, (shape[1], shape[0]), interpolation=cv2.INTER_LINEAR)
    return np.asarray(np.clip(field, low, high), dtype=np.float32)
