"""Tell written strokes from paper, stains and remnants of ruled lines inside one cell, seen at half its
size."""

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from imaging.connected_parts import connected_parts
from imaging.levels import count_levels
from ingest.layout.turned import turned

Gray = NDArray[np.uint8]

HALF = 2
"""A cell is looked at with so many of its pixels, on a side, as one: lengths below are of these, at 150 ppi.
Writing is found as well, for a quarter of the work."""
THICKEST_STROKE = 15
"""Darkness wider than this is a stain or a shadow, not a stroke."""
LEAST_CONTRAST = 34
"""Grey levels by which the darkest strokes of a written cell stand out from its paper."""
ENOUGH = 40
"""So many dark pixels are looked at where half a hundredth of a cell is more than its writing (女 alone)."""
MOSTLY = 75
"""The contrast usual on a page is that of this hundredth of its written cells: ghosts of the other side, and
names that have faded, are below it."""
FAINT_CELL, FAINT_STROKE = 0.42, 0.3
"""Where a cell's darkest strokes reach less than this share of what is usual on the page, nothing is written:
the other side shows, or what is left of a seal. No stroke is fainter than the second share."""
SEED = 0.62
"""A mark is a stroke only if some of it is this dark, as a share of the cell's darkest."""
LEAST_STROKE, LEAST_AREA = 8, 8
"""A mark smaller than this, in pixels of its longer side and of its area, is a speck …"""
NEAR, LEAST_DOT = 10, 2
"""… unless it lies within so many pixels of the writing, and is this large: the dots that top 曾 and 尊."""
EDGE, LINE = 1, 5
"""A mark this near the cell's edge, no wider than this and four times as long, is left of its own line."""


@dataclass(frozen=True, slots=True, eq=False)
class StrokeDepth:
    """How much darker each place of a cell is than the paper round it, seen at half its size (`levels`), and
    how many places do not go beyond each of the 256 levels."""

    levels: Gray
    reached: NDArray[np.int64]

    def turned(self) -> "StrokeDepth":
        """Return the same with rows and columns swapped."""
        return StrokeDepth(turned(self.levels), self.reached) if self.levels.size else self


def find_ink(depth: StrokeDepth, usual: float = 0.0) -> Gray:
    """Mark the strokes of a cell, given its `stroke_depth`, with 255; all 0 where nothing is written.

    `usual` is the contrast of the page's written cells, or 0 where it is not known.
    """
    enough = max(LEAST_CONTRAST, FAINT_CELL * usual)
    darkest = _contrast(depth, enough)
    if darkest < enough:
        return np.zeros_like(depth.levels)
    least = max(LEAST_CONTRAST / 2, 0.4 * darkest, FAINT_STROKE * usual)
    return _strokes(_over(depth.levels, least), _over(depth.levels, SEED * darkest))


def usual_contrast(depths: Sequence[StrokeDepth]) -> float:
    """Give the contrast that the written cells of a page mostly have, from their `stroke_depth`s; 0 where all
    are blank."""
    contrasts = [_contrast(depth) for depth in depths]
    written = [contrast for contrast in contrasts if contrast >= LEAST_CONTRAST]
    return float(np.percentile(written, MOSTLY)) if written else 0.0


def stroke_depth(gray: Gray) -> StrokeDepth:
    """Give how much darker each place of a cell (H × W) is than the paper round it, ⌊H/2⌋ × ⌊W/2⌋."""
    height, width = gray.shape[0] // HALF, gray.shape[1] // HALF
    if not height or not width:
        return StrokeDepth(np.zeros((height, width), np.uint8), np.zeros(256, np.int64))
    whole = gray[: height * HALF, : width * HALF]
    smooth = cv2.resize(whole, (width, height), interpolation=cv2.INTER_AREA)
    brush = cv2.getStructuringElement(cv2.MORPH_RECT, (THICKEST_STROKE, THICKEST_STROKE))
    levels = np.asarray(cv2.morphologyEx(smooth, cv2.MORPH_BLACKHAT, brush), dtype=np.uint8)
    return StrokeDepth(levels, count_levels(levels).cumsum())


def _contrast(depth: StrokeDepth, enough: float = LEAST_CONTRAST) -> float:
    """Give how far the darkest strokes stand out."""
    darkest = _darkest(depth, 0.5)
    if darkest < enough:
        darkest = _darkest(depth, min(0.5, 100 * ENOUGH / max(1, depth.levels.size)))
    return darkest


def _over(depth: Gray, least: float) -> Gray:
    return np.asarray(cv2.threshold(depth, least, 255, cv2.THRESH_BINARY)[1], dtype=np.uint8)


def _darkest(depth: StrokeDepth, share: float) -> float:
    """Give the depth that only this share of a cell, in hundredths, goes beyond."""
    return float(depth.reached.searchsorted((1 - share / 100) * depth.reached[-1]))


def _strokes(dark: Gray, darker: Gray) -> Gray:
    """Keep what can be writing: not specks, no remnants of the own lines, nothing faint throughout."""
    x0, y0, across, down = cv2.boundingRect(dark)
    inner = np.s_[y0 : y0 + down, x0 : x0 + across]
    _, labels, stats, _ = connected_parts(dark[inner])
    stats[:, :2] += (x0, y0)
    left, top, wide, high, area = (stats[:, column] for column in range(5))
    large = (np.maximum(wide, high) >= LEAST_STROKE) & (area >= LEAST_AREA)
    height, width = dark.shape
    at_side = (left <= EDGE) | (left + wide >= width - EDGE)
    at_end = (top <= EDGE) | (top + high >= height - EDGE)
    upright_line = at_side & (wide <= LINE) & (high >= 4 * wide)
    lying_line = at_end & (high <= LINE) & (wide >= 4 * high)
    inked = np.zeros(len(stats), dtype=np.bool_)
    inked[labels[darker[inner] > 0]] = True
    kept = large & inked & ~upright_line & ~lying_line
    kept[0] = False
    near = _near_strokes(np.asarray(stats, dtype=np.int32), kept)
    strokes = np.zeros_like(dark)
    strokes[inner] = np.take((kept | near).astype(np.uint8) * np.uint8(255), labels)
    return strokes


def _near_strokes(stats: NDArray[np.int32], kept: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Keep small dots too where they lie by real strokes: the dots of 氵, 犬 and 曾."""
    left, top, wide, high, area = (stats[:, column] for column in range(5))
    near = ~kept & (area >= LEAST_DOT) & (np.maximum(wide, high) < LEAST_STROKE)
    if not near.any() or not kept.any():
        return np.zeros_like(kept)
    x0, y0 = left[kept].min() - NEAR, top[kept].min() - NEAR
    x1, y1 = (left + wide)[kept].max() + NEAR, (top + high)[kept].max() + NEAR
    near &= (left >= x0) & (top >= y0) & (left + wide <= x1) & (top + high <= y1)
    near[0] = False
    return np.asarray(near, dtype=np.bool_)
