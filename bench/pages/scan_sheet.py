"""Lays the inks on the paper and scans it."""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from bench.pages.age_paper import add_grain
from bench.pages.ink_glyphs import Layer

TILE = 1024
UNCOMPRESSED = 100


@dataclass(frozen=True)
class Ink:
    """One layer of coverage (0–255) as the camera sees it, and the colour it prints."""

    layer: Layer
    colour: tuple[int, int, int]


@dataclass(frozen=True)
class Ground:
    """What lies about the sheet: the sheet's outline in the picture, N×2, and the colour beyond it."""

    outline: NDArray[np.float64]
    colour: tuple[int, int, int]


def scan_sheet(paper: Layer, inks: list[Ink], ground: Ground | None) -> Layer:
    """Return the paper with every ink on it, and the ground about it with a soft shadow; H×W×3 RGB.

    Each ink takes away light, so that a seal over writing is darker than either.
    """
    channels = list(cv2.split(paper))
    for ink in inks:
        for at, level in enumerate(ink.colour):
            light = cv2.LUT(ink.layer, _light(level))
            channels[at] = cv2.multiply(channels[at], light, scale=1 / 255)
    if ground is not None:
        mask = _cut_out(paper.shape[:2], ground.outline)
        for at, level in enumerate(ground.colour):
            lit = cv2.multiply(channels[at], mask, scale=1 / 255)
            channels[at] = cv2.add(
                lit, cv2.LUT(mask, np.round((255 - np.arange(256)) * level / 255).astype(np.uint8))
            )
    return np.asarray(cv2.merge(channels), dtype=np.uint8)


def _cut_out(shape: tuple[int, ...], outline: NDArray[np.float64]) -> Layer:
    mask = np.zeros(shape, np.uint8)
    cv2.fillPoly(mask, [np.round(outline * 16).astype(np.int32)], 255, cv2.LINE_AA, shift=4)
    return np.asarray(cv2.blur(mask, (5, 5)), dtype=np.uint8)


def expose(pixels: Layer, blur: float, noise: float, jpeg: int, rng: Generator) -> Layer:
    """Return the pixels as an optic of this blur (sigma, pixels), a sensor of this noise (sigma, grey levels)
    and a camera of this JPEG quality (100: none) give them.
    """
    seen = np.asarray(cv2.GaussianBlur(pixels, (0, 0), blur) if blur > 0.2 else pixels, dtype=np.uint8)
    if noise:
        seen = add_grain(seen, np.round(rng.normal(0, noise, (TILE, TILE))).astype(np.int16))
    if jpeg == UNCOMPRESSED:
        return seen
    # Red and blue are weighed apart: OpenCV takes blue first.
    _, packed = cv2.imencode(".jpg", cv2.cvtColor(seen, cv2.COLOR_RGB2BGR), (cv2.IMWRITE_JPEG_QUALITY, jpeg))
    return np.asarray(cv2.cvtColor(cv2.imdecode(packed, cv2.IMREAD_COLOR), cv2.COLOR_BGR2RGB), dtype=np.uint8)


def _light(level: int) -> Layer:
    """Return how much light (0–255) passes at each coverage, down to `level` where the ink is full."""
    return np.round(255 - np.arange(256) * (255 - level) / 255).astype(np.uint8)
