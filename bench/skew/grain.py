"""Lays a sensor's noise over a grey picture."""

import cv2
import numpy as np
from numpy.random import Generator

from bench.pages.ink_glyphs import Layer

TILE = 1024


def grained(picture: Layer, rng: Generator, sigma: float) -> Layer:
    """Return the picture (H×W) with normal noise of `sigma` grey levels, laid on in tiles."""
    tile = np.round(rng.normal(0, sigma, (TILE, TILE))).astype(np.int16)
    height, width = picture.shape
    sheet = np.tile(tile, (height // TILE + 1, width // TILE + 1))[:height, :width]
    return np.asarray(cv2.add(picture, sheet, dtype=cv2.CV_8U), dtype=np.uint8)
