"""Turns the inked sheet, lays it on its paper and scans it."""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.random import Generator

from bench.pages.age_paper import add_grain
from bench.pages.geometry import Matrix, Quad
from bench.pages.ink_glyphs import Layer

TILE = 1024


@dataclass(frozen=True)
class Ink:
    """One layer of coverage (0–255) on the upright sheet, and the colour it prints."""

    layer: Layer
    colour: tuple[int, int, int]


def scan_sheet(paper: Layer, inks: list[Ink], matrix: Matrix) -> Layer:
    """Return the paper with every ink on it, turned by the matrix; H×W×3 RGB.

    Each ink takes away light, so that a seal over writing is darker than either. Turned once,
    with cubic interpolation.
    """
    height, width = paper.shape[:2]
    channels = list(cv2.split(paper))
    for ink in inks:
        turned = cv2.warpAffine(ink.layer, matrix, (width, height), flags=cv2.INTER_CUBIC)
        for at, level in enumerate(ink.colour):
            light = cv2.LUT(turned, _light(level))
            channels[at] = cv2.multiply(channels[at], light, scale=1 / 255)
    return np.asarray(cv2.merge(channels), dtype=np.uint8)


def show_bed(pixels: Layer, sheet: Quad, level: int) -> Layer:
    """Return the pixels with everything outside the sheet's corners as dark as the scanner's bed,
    with a soft shadow.
    """
    height, width = pixels.shape[:2]
    mask = np.zeros((height, width), np.uint8)
    cv2.fillConvexPoly(mask, np.round(np.array(sheet) * 16).astype(np.int32), 255, cv2.LINE_AA, shift=4)
    mask = np.asarray(cv2.blur(mask, (5, 5)), dtype=np.uint8)
    lit = cv2.multiply(pixels, cv2.merge([mask] * 3), scale=1 / 255)
    dark = cv2.LUT(mask, np.round((255 - np.arange(256)) * level / 255).astype(np.uint8))
    return np.asarray(cv2.add(lit, cv2.merge([dark] * 3)), dtype=np.uint8)


def show_through(writing: Layer, strength: float) -> Layer:
    """Return the coverage that the other side of the leaf leaves on this one: mirrored, faint and blurred."""
    height, width = writing.shape
    small = cv2.resize(writing, (width // 4, height // 4), interpolation=cv2.INTER_AREA)
    soft = cv2.GaussianBlur(cv2.flip(small, 1), (0, 0), 1.1)
    shifted = np.roll(soft, (9, -14), axis=(0, 1))
    faint = cv2.LUT(shifted, np.round(np.arange(256) * strength).astype(np.uint8))
    return np.asarray(cv2.resize(faint, (width, height), interpolation=cv2.INTER_LINEAR), dtype=np.uint8)


def expose(pixels: Layer, blur: float, noise: float, rng: Generator) -> Layer:
    """Return the pixels as an optic of this blur (sigma, pixels) and a sensor of this noise (sigma,
    grey levels) see them.
    """
    seen = cv2.GaussianBlur(pixels, (0, 0), blur) if blur > 0.2 else pixels
    if noise == 0:
        return np.asarray(seen, dtype=np.uint8)
    grain = np.round(rng.normal(0, noise, (TILE, TILE))).astype(np.int16)
    return add_grain(np.asarray(seen, dtype=np.uint8), grain)


def _light(level: int) -> Layer:
    """Return how much light (0–255) passes at each coverage, down to `level` where the ink is full."""
    return np.round(255 - np.arange(256) * (255 - level) / 255).astype(np.uint8)
