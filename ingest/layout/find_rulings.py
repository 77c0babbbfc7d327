"""Find the ruled lines of a deskewed page, whole, broken or faded."""

import math
from dataclasses import replace

import cv2
import numpy as np
from numpy.typing import NDArray

from imaging.levels import count_levels
from imaging.part_outlines import PartOutlines, part_outlines
from imaging.resize_by import resize_by
from ingest.layout.find_dashes import find_dashes, may_be_dashed
from ingest.layout.rulings import Ridges, Ruling, Rulings
from ingest.layout.turned import turned

Gray = NDArray[np.uint8]
Segment = tuple[float, float, float, float]
"""A stretch of line: middle, thickness, start, end, in working pixels."""

WORKING_SIDE = 1754
"""Lines are looked for on a page of this longer side: 150 ppi for a sheet of 297 mm."""
NEARLY = 0.02
"""A page this near to twice that size is halved exactly, for a sixth of the time."""
THICKEST = 13
"""Darkness wider than this (working pixels) is no line but a shadow, a stain or a cover."""
SMOOTHED = 3
SOLID = 41
"""A line runs on for at least this long between its breaks; no stroke of a brush is so long and straight."""
PINHOLE, CROSSING, BREAK = 5, 11, 41
"""Gaps of grain within a stretch, dark gaps where another line crosses it, and breaks between two
stretches."""
ONE_LINE = 4
"""Stretches whose middles lie nearer than this (working pixels) are parts of one line."""
FAINTEST, GRAIN = 9, 5
"""A line is at least this many grey levels darker than the paper, and this many times the paper's own
grain."""
MARKED, MARK_GRAIN = 14, 3.5
"""The same for anything that is darker than the paper round it on all sides."""
EVEN = 0.4
"""A line is nowhere much paler than it is darkest nearby; strokes one below another are."""


def find_rulings(gray: Gray) -> Rulings:
    """Find vertical and horizontal ruled lines on a deskewed page (H × W), to about a pixel."""
    return lines_along(with_dashes(find_ridges(gray)))


def find_ridges(gray: Gray) -> Ridges:
    """Find where a deskewed page (H × W) is ruled without a break."""
    small, scale = _shrunk(gray)
    square = np.ones((THICKEST, THICKEST), np.uint8)
    depth = np.asarray(cv2.morphologyEx(small, cv2.MORPH_BLACKHAT, square), dtype=np.uint8)
    marks = _over(depth, _floor(depth, MARKED, MARK_GRAIN))
    return Ridges(
        shape=(gray.shape[0], gray.shape[1]),
        vertical_ridges=_ridges(turned(_smooth(turned(small))), marks),
        horizontal_ridges=turned(_ridges(turned(_smooth(small)), turned(marks))),
        marks=marks,
        gray=small,
        scale=scale,
    )


def with_dashes(ridges: Ridges) -> Ridges:
    """Add the rules that are dashed; the very same ridges come back where there are none."""
    upright = may_be_dashed(turned(ridges.marks), turned(ridges.vertical_ridges))
    lying = may_be_dashed(ridges.marks, ridges.horizontal_ridges)
    if not upright and not lying:
        return ridges
    parts, (height, width) = part_outlines(ridges.marks), ridges.marks.shape
    if upright and (found := find_dashes(_turned_parts(parts), (width, height))) is not None:
        ridges = replace(ridges, vertical_ridges=_joined(ridges.vertical_ridges, turned(found)))
    if lying and (found := find_dashes(parts, (height, width))) is not None:
        ridges = replace(ridges, horizontal_ridges=_joined(ridges.horizontal_ridges, found))
    return ridges


def _turned_parts(parts: PartOutlines) -> PartOutlines:
    return PartOutlines(parts.boxes[:, [1, 0, 3, 2]], parts.areas, parts.middles[:, ::-1])


def lines_along(ridges: Ridges) -> Rulings:
    """Gather what is ruled into lines."""
    return Rulings(
        shape=ridges.shape,
        vertical_ridges=ridges.vertical_ridges,
        horizontal_ridges=ridges.horizontal_ridges,
        marks=ridges.marks,
        gray=ridges.gray,
        scale=ridges.scale,
        vertical=_rulings(ridges.vertical_ridges, ridges.scale),
        horizontal=_rulings(turned(ridges.horizontal_ridges), ridges.scale),
    )


def _shrunk(gray: Gray) -> tuple[Gray, float]:
    """Return the page at its working size, and what share that is of its own."""
    scale = min(1.0, WORKING_SIDE / max(gray.shape))
    if scale == 1.0:
        return gray, scale
    if abs(scale - 0.5) < NEARLY:
        height, width = (max(1, side // 2) for side in gray.shape)
        halved = cv2.resize(gray[: 2 * height, : 2 * width], (width, height), interpolation=cv2.INTER_AREA)
        return np.asarray(halved, dtype=np.uint8), 0.5
    return resize_by(gray, scale, cv2.INTER_AREA), scale


def _joined(one: Gray, other: Gray) -> Gray:
    return np.asarray(cv2.bitwise_or(one, other), dtype=np.uint8)


def _over(depth: Gray, least: float) -> Gray:
    """Return 255 where the depth is so great at least."""
    return np.asarray(cv2.threshold(depth, math.ceil(least) - 1, 255, cv2.THRESH_BINARY)[1], dtype=np.uint8)


def _floor(depth: Gray, least: float, times: float) -> float:
    """Choose what is darkness and what is grain, from a page that is mostly paper."""
    counts = count_levels(depth[::3, ::3]).cumsum()
    # A page of nothing but grain has no paper to stand out from.
    return min(255.0, max(least, times * float(np.searchsorted(counts, counts[-1] / 2))))


def _smooth(gray: Gray) -> Gray:
    """Smooth along rows, which takes a third of the time that it takes along columns."""
    return np.asarray(cv2.blur(gray, (SMOOTHED, 1)), dtype=np.uint8)


def _ridges(smooth: Gray, marks: Gray) -> Gray:
    """Mark straight vertical stretches of thin, even darkness (255), which stand out from the paper on both
    sides, on a page that was smoothed along them."""
    across = np.ones((1, THICKEST), np.uint8)
    depth = np.asarray(cv2.morphologyEx(smooth, cv2.MORPH_BLACKHAT, across), dtype=np.uint8)
    wide = cv2.dilate(depth, np.ones((1, 3), np.uint8))
    filled = cv2.morphologyEx(wide, cv2.MORPH_CLOSE, np.ones((PINHOLE, 1), np.uint8))
    crossed = cv2.morphologyEx(wide, cv2.MORPH_CLOSE, np.ones((CROSSING, 1), np.uint8))
    filled = cv2.copyTo(crossed, marks, filled)
    along = np.ones((SOLID, 1), np.uint8)
    through = cv2.morphologyEx(filled, cv2.MORPH_OPEN, along)
    darkest = cv2.dilate(wide, along)
    even = cv2.convertScaleAbs(darkest, alpha=EVEN)
    least = cv2.max(even, math.floor(_floor(depth, FAINTEST, GRAIN)))  # type: ignore[call-overload]  # a number will do too
    return np.asarray(cv2.compare(through, least, cv2.CMP_GE), dtype=np.uint8)


def _rulings(ridges: Gray, scale: float) -> tuple[Ruling, ...]:
    clusters: list[list[Segment]] = []
    middle = 0.0
    for segment in sorted(_segments(ridges)):
        if clusters and segment[0] - middle <= ONE_LINE:
            clusters[-1].append(segment)
        else:
            clusters.append([segment])
        middle = _mean(clusters[-1], 0)
    return tuple(_ruling(cluster, scale) for cluster in clusters)


def _segments(ridges: Gray) -> list[Segment]:
    joined = cv2.morphologyEx(ridges, cv2.MORPH_CLOSE, np.ones((BREAK, 1), np.uint8))
    parts = part_outlines(np.asarray(joined, dtype=np.uint8))
    _, top, _, high = parts.boxes.T
    thick = np.maximum(1, parts.areas / high - 3)
    found = np.column_stack([parts.middles[:, 0] + 0.5, thick, top, top + high])
    return [(middle, width, start, end) for middle, width, start, end in found.tolist()]


def _mean(cluster: list[Segment], which: int) -> float:
    """Average the middles of segments, or their thicknesses, by how long they are."""
    lengths = [end - start for _, _, start, end in cluster]
    total = sum(segment[which] * length for segment, length in zip(cluster, lengths, strict=True))
    return total / sum(lengths)


def _ruling(cluster: list[Segment], scale: float) -> Ruling:
    middle, half = _mean(cluster, 0), _mean(cluster, 1) / 2
    low, high = middle - half, middle + half
    stretches: list[tuple[float, float]] = []
    for start, end in sorted((start / scale, end / scale) for _, _, start, end in cluster):
        if stretches and start <= stretches[-1][1]:
            stretches[-1] = (stretches[-1][0], max(end, stretches[-1][1]))
        else:
            stretches.append((start, end))
    return Ruling(low / scale, high / scale, tuple(stretches))
