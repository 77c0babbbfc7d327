"""Cut the writing of one cell into its lines: columns right to left, or rows from the top."""

from itertools import pairwise
from statistics import median

import cv2
import numpy as np
from numpy.typing import NDArray

from imaging.connected_parts import connected_parts
from imaging.levels import count_levels, percentile
from ingest.layout.find_ink import HALF, StrokeDepth, find_ink

Gray = NDArray[np.uint8]
Box = tuple[int, int, int, int]
Run = tuple[int, int]

ONE_GLYPH = 1.2
"""Strokes together no wider than this many columns are one column: 川 and 小 have gaps of their own."""
APART = 0.7
"""Columns this much narrower than their strokes are high are single strokes."""
THIN = 0.3
"""A column this much thinner than the widest is a stray mark unless it is as long as a glyph."""

FAINT, FAINT_CRUMBS, CRUMBS = 0.5, 0.64, 0.11
"""Columns fainter than the first share of the page's usual contrast are no writing; nor are those fainter
than the second where strokes cover less than the third share of their box."""


def text_columns(depth: StrokeDepth, usual: float = 0.0) -> tuple[Box, ...]:
    """Find the columns of vertical writing in a cell, given its `stroke_depth`, right to left, as x0, y0, x1,
    y1 in pixels of the cell.

    `usual` is the contrast of the page's written cells, or 0 where it is not known.
    """
    return tuple(_whole(box) for box in _columns(depth, usual)[::-1])


def text_rows(depth: StrokeDepth, usual: float = 0.0) -> tuple[Box, ...]:
    """Find the rows of horizontal writing in a cell, from the top; see `text_columns`."""
    turned = _columns(depth.turned(), usual)
    return tuple(_whole((y0, x0, y1, x1)) for x0, y0, x1, y1 in turned)


def _whole(box: Box) -> Box:
    """Give a box of the halved cell in the cell's own pixels."""
    x0, y0, x1, y1 = box
    return HALF * x0, HALF * y0, HALF * x1, HALF * y1


def _columns(depth: StrokeDepth, usual: float) -> tuple[Box, ...]:
    """Find columns from left to right."""
    if not depth.levels.size:
        return ()
    ink = find_ink(depth, usual)
    runs = _runs(ink.max(axis=0) > 0)
    if not runs:
        return ()
    glyph = _glyph_size(ink, runs)
    columns = _joined(runs, glyph)
    boxes = [_trimmed(ink, column) for column in columns]
    return tuple(
        box for box in boxes if _is_writing(box, glyph) and not _is_ghost(box, ink, depth.levels, usual)
    )


def _runs(marked: NDArray[np.bool_]) -> list[Run]:
    padded = np.zeros(len(marked) + 2, np.bool_)
    padded[1:-1] = marked
    edges = np.flatnonzero(padded[1:] != padded[:-1])
    return list(zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True))


def _glyph_size(ink: Gray, runs: list[Run]) -> int:
    """Estimate the side of a glyph: a column's width, or the strokes' height where they stand apart (川)."""
    widest = max(end - start for start, end in runs)
    if widest >= APART * median([end - start for start, end in _runs(ink.max(axis=1) > 0)]):
        return widest
    _, _, stats, _ = connected_parts(ink)
    heights = stats[1:, cv2.CC_STAT_HEIGHT]
    high = median(heights[heights > heights.max() / 2].tolist())
    return max(widest, int(high)) if widest < APART * high else widest


def _joined(runs: list[Run], glyph: int) -> list[Run]:
    """Join neighbouring runs while together they are no wider than a glyph, nearest pairs first."""
    columns = list(runs)
    while len(columns) > 1:
        pairs = [(right[0] - left[1], place) for place, (left, right) in enumerate(pairwise(columns))]
        fitting = [
            (gap, place)
            for gap, place in pairs
            if columns[place + 1][1] - columns[place][0] <= ONE_GLYPH * glyph
        ]
        if not fitting:
            break
        _, place = min(fitting)
        columns[place : place + 2] = [(columns[place][0], columns[place + 1][1])]
    return columns


def _trimmed(ink: Gray, column: Run) -> Box:
    marked = np.flatnonzero(ink[:, column[0] : column[1]].max(axis=1))
    return column[0], int(marked[0]), column[1], int(marked[-1]) + 1


def _is_writing(box: Box, glyph: int) -> bool:
    wide, high = box[2] - box[0], box[3] - box[1]
    return wide >= THIN * glyph or high >= glyph


def _is_ghost(box: Box, ink: Gray, depth: Gray, usual: float) -> bool:
    """Tell what shows of the other side, or is left of a seal: much fainter than the page's writing, or
    faint and broken to crumbs."""
    x0, y0, x1, y1 = box
    marked = np.ascontiguousarray(ink[y0:y1, x0:x1])
    strength = percentile(count_levels(depth[y0:y1, x0:x1], marked), 75)
    inked = cv2.countNonZero(marked) / marked.size
    return strength < (FAINT_CRUMBS if inked < CRUMBS else FAINT) * usual
