"""Plants defects of real paper into a drawn page: paper that curls, a frame without one side, dashed and worn
rules."""

from collections.abc import Callable
from dataclasses import dataclass, replace

import cv2
import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from bench.pages.ink_glyphs import Layer
from bench.pages.truth import CellTruth, PageTruth

Points = NDArray[np.float64]


@dataclass(frozen=True)
class Planted:
    """A page with a defect: its pixels, its cells, and the outlines (N × 2 points each) they have now."""

    pixels: Layer
    outlines: tuple[Points, ...]
    cells: tuple[CellTruth, ...]


def as_drawn(pixels: Layer, truth: PageTruth, _rng: Generator) -> Planted:
    """Leave the page as it is."""
    return Planted(pixels, tuple(_outline(cell) for cell in truth.cells), truth.cells)


def curled(pixels: Layer, truth: PageTruth, rng: Generator) -> Planted:
    """Bow the page so that rules lie up to 15 pixels beside a straight line, as near a book's gutter."""
    height, width = pixels.shape[:2]
    aside, under = rng.uniform(6, 15, 2) * rng.choice([-1, 1], 2)
    skewed = np.log(0.5) / np.log(rng.uniform(0.3, 0.7))

    def bow(points: Points) -> Points:
        """How far a point of the page is moved: arcs, one of them with its peak off the middle."""
        across, down = np.clip(points[:, 0] / width, 0, 1), np.clip(points[:, 1] / height, 0, 1)
        return np.column_stack(
            [aside * np.sin(np.pi * down**skewed), under * np.sin(np.pi * across) * (1 - 0.5 * down)]
        )

    return _warped(pixels, truth, bow)


def _warped(pixels: Layer, truth: PageTruth, bow: Callable[[Points], Points]) -> Planted:
    height, width = pixels.shape[:2]
    # The middles of blocks of 16 pixels: where resizing puts its samples.
    ys, xs = (axis * 16 + 8.0 for axis in np.mgrid[0 : -(-height // 16), 0 : -(-width // 16)])
    targets = np.column_stack([xs.ravel(), ys.ravel()])
    sources = targets.copy()
    for _ in range(4):
        sources = targets - bow(sources)
    size = (xs.shape[1] * 16, xs.shape[0] * 16)
    across, down = (
        cv2.resize((sources[:, axis] - 0.5).reshape(xs.shape).astype(np.float32), size)[:height, :width]
        for axis in (0, 1)
    )
    warped = cv2.remap(pixels, across, down, cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE)
    outlines = tuple(outline + bow(outline) for outline in map(_outline, truth.cells))
    return Planted(np.asarray(warped, dtype=np.uint8), outlines, truth.cells)


def worn(pixels: Layer, truth: PageTruth, rng: Generator) -> Planted:
    """Wear holes of up to 60 pixels into the rules, writing or not."""
    page = pixels.copy()
    for cell in truth.cells:
        corners = np.array(cell.quad)
        for start, end in zip(corners, np.roll(corners, -1, axis=0), strict=True):
            length = float(np.hypot(*(end - start)))
            if length < 150 or rng.random() < 0.5:
                continue
            hole = rng.uniform(20, 60) / length
            at = rng.uniform(0.1, 0.9 - hole)
            _rub(page, start + at * (end - start), start + (at + hole) * (end - start))
    return Planted(page, tuple(_outline(cell) for cell in truth.cells), truth.cells)


def dashed(pixels: Layer, truth: PageTruth, _rng: Generator) -> Planted:
    """Break up the rules between persons' rows into dashes of 24 pixels with gaps of 14."""
    page = pixels.copy()
    for cell in truth.cells:
        if cell.part != "person":
            continue
        start, end = np.array(cell.quad[3]), np.array(cell.quad[2])
        length = float(np.hypot(*(end - start)))
        for at in np.arange(10, length - 10, 38):
            _rub(page, start + at / length * (end - start), start + (at + 14) / length * (end - start))
    return Planted(page, tuple(_outline(cell) for cell in truth.cells), truth.cells)


def open_sided(pixels: Layer, truth: PageTruth, rng: Generator) -> Planted:
    """Take one side of the outer frame away; the cells at that side reach to where it was."""
    page, frame = pixels.copy(), np.array(truth.frame)
    side = int(rng.integers(4))
    _rub(page, frame[side], frame[(side + 1) % 4], 9)
    return Planted(page, tuple(_outline(cell) for cell in truth.cells), truth.cells)


def merged(pixels: Layer, truth: PageTruth, rng: Generator) -> Planted:
    """Take the rule between some neighbouring persons' cells away, so that they are one."""
    page, cells = pixels.copy(), list(truth.cells)
    values = {(cell.row, cell.col): cell for cell in cells if cell.kind == "value" and cell.part == "person"}
    for (row, col), cell in sorted(values.items()):
        upright = bool(rng.random() < 0.5)
        other = values.get((row, col + 1) if upright else (row + 1, col))
        if rng.random() > 0.25 or other is None or cell not in cells or other not in cells:
            continue
        ends = (cell.quad[0], cell.quad[3]) if upright else (cell.quad[3], cell.quad[2])
        _rub(page, np.array(ends[0]), np.array(ends[1]), 9, keep=5)
        whole = (
            (other.quad[0], cell.quad[1], cell.quad[2], other.quad[3])
            if upright
            else (cell.quad[0], cell.quad[1], other.quad[2], other.quad[3])
        )
        cells.remove(other)
        cells[cells.index(cell)] = replace(cell, quad=whole)
    return Planted(page, tuple(_outline(cell) for cell in cells), tuple(cells))


DEFECTS: dict[str, Callable[[Layer, PageTruth, Generator], Planted]] = {
    "as drawn": as_drawn,
    "curled": curled,
    "worn": worn,
    "dashed": dashed,
    "open-sided": open_sided,
    "merged": merged,
}


def _outline(cell: CellTruth) -> Points:
    """Walk round a cell in steps, so that a bent side stays bent."""
    corners = np.array(cell.quad, dtype=np.float64)
    steps = np.linspace(0, 1, 12, endpoint=False)[:, None]
    sides = [
        start + steps * (end - start)
        for start, end in zip(corners, np.roll(corners, -1, axis=0), strict=True)
    ]
    return np.concatenate(sides)


def _rub(page: Layer, start: Points, end: Points, half: int = 6, keep: int = 0) -> None:
    """Lay the paper beside a stretch of rule over it, less `keep` pixels at its ends."""
    length = float(np.hypot(*(end - start)))
    along = (end - start) / max(length, 1e-6)
    aside = np.array([-along[1], along[0]])
    first, last = start + (half + keep) * along * bool(keep), end - (half + keep) * along * bool(keep)
    low = np.minimum(first, last) - half
    high = np.maximum(first, last) + half
    x0, y0 = np.maximum(0, np.floor(low)).astype(int)
    x1, y1 = np.minimum(page.shape[1::-1], np.ceil(high)).astype(int)
    if x1 <= x0 or y1 <= y0:
        return
    mask = np.zeros((y1 - y0, x1 - x0), np.uint8)
    ends = [tuple(int(v) for v in np.round(point - (x0, y0))) for point in (first, last)]
    cv2.line(mask, ends[0], ends[1], 255, 2 * half - 1)
    patches = [_beside(page, (x0, y0, x1, y1), aside * side * (2 * half + 3)) for side in (1, -1)]
    patch = max(patches, key=lambda one: float(one.mean()))
    page[y0:y1, x0:x1][mask > 0] = patch[mask > 0]


def _beside(page: Layer, box: tuple[int, int, int, int], by: Points) -> Layer:
    x0, y0, x1, y1 = box
    matrix = np.array([[1, 0, -(x0 + by[0])], [0, 1, -(y0 + by[1])]], dtype=np.float32)
    return np.asarray(
        cv2.warpAffine(page, matrix, (x1 - x0, y1 - y0), borderMode=cv2.BORDER_REPLICATE), dtype=np.uint8
    )
