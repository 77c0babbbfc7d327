"""Light that falls unevenly on a sheet: darker towards a corner, with the shadow of a crease."""

import numpy as np
from numpy.random import Generator

from bench.pages.vary_softly import Field

CREASE = 0.10


def fall_of_light(shape: tuple[int, int], light: float, folds: int, rng: Generator) -> Field:
    """Return the share of light at each place: 1 where it is brightest, 1 − light in the darkest corner."""
    # Drawn whatever the depth, so that another level does not change what is drawn after.
    angle, count = rng.uniform(0, 2 * np.pi), int(rng.integers(folds + 1))
    places = rng.uniform(0.15, 0.85, 2)
    down, across = np.mgrid[: shape[0], : shape[1]].astype(np.float32)
    down, across = down / shape[0] - 0.5, across / shape[1] - 0.5
    slope = np.cos(angle) * across + np.sin(angle) * down
    slope = (slope - slope.min()) / (slope.max() - slope.min())
    lit = 1 - light * slope**1.5
    for number in range(count):
        away = (across if number else down) - (places[number] - 0.5)
        lit *= 1 - CREASE * np.exp(-((away / 0.0025) ** 2)) + 0.05 * np.tanh(away / 0.01)
    return np.asarray(lit, dtype=np.float32)
