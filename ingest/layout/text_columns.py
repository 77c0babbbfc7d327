"""Cut the writing of one cell into its lines: columns right to left, or rows from the top."""

from itertools import pairwise

import cv2
import numpy as np
from numpy.typing import NDArray

from imaging.connected_parts import connected_parts
from ingest.layout.find_ink import find_ink

Gray = NDArray[np.uint8]
Box = tuple[int, int, int, int]
Run = tuple[int, int]

ONE_GLYPH = 1.2
"""Strokes together no wider than this many columns are one column: 川 and 小 have gaps of their own."""
APART = 0.7
"""Columns this much narrower than their strokes are high are single strokes."""
THIN = 0.3
"""A column this much thinner than the widest is a stray mark unless it is as long as a glyph."""


def text_columns(gray: Gray) -> tuple[Box, ...]:
    """Find the columns of vertical writing in a cell (H × W), right to left, as x0, y0, x1, y1 within it."""
    return _columns(find_ink(gray))[::-1]


def text_rows(gray: Gray) -> tuple[Box, ...]:
    """Find the rows of horizontal writing in a cell (H × W), from the top, as x0, y0, x1, y1 within it."""
    turned = _columns(np.ascontiguousarray(find_ink(gray).T))
    return tuple((y0, x0, y1, x1) for x0, y0, x1, y1 in turned)


def _columns(ink: Gray) -> tuple[Box, ...]:
    """Find columns from left to right."""
    runs = _runs(ink.max(axis=0) > 0)
    if not runs:
        return ()
    glyph = _glyph_size(ink, runs)
    columns = _joined(runs, glyph)
    boxes = [_trimmed(ink, column) for column in columns]
    return tuple(box for box in boxes if _is_writing(box, glyph))


def _runs(marked: NDArray[np.bool_]) -> list[Run]:
    edges = np.flatnonzero(np.diff(np.concatenate(([False], marked, [False])).astype(np.int8)))
    return list(zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True))


def _glyph_size(ink: Gray, runs: list[Run]) -> int:
    """Estimate the side of a glyph: a column's width, or the strokes' height where they stand apart (川)."""
    widest = max(end - start for start, end in runs)
    if widest >= APART * float(np.median([end - start for start, end in _runs(ink.max(axis=1) > 0)])):
        return widest
    _, _, stats, _ = connected_parts(ink)
    heights = stats[1:, cv2.CC_STAT_HEIGHT]
    high = float(np.median(heights[heights >= heights.max() / 2]))
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
