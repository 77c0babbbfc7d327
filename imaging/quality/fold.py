"""Folds: a crease throws a long straight shadow, softer than ink and broader than a ruling."""

import cv2
import numpy as np
from numpy.typing import NDArray

from imaging.arrays import Box, Gray
from imaging.quality.finding import Finding, judge
from imaging.quality.page import QualityInput
from imaging.surroundings import surroundings

_AROUND = 21  # pixels of the map within which a crease differs from the paper
_LEAST_STEP, _LEAST_SHARE = 6.0, 0.035  # grey levels, and of the page's contrast
_INK_SHARE = 0.5  # of the contrast: darker is ink
_CLEAR = 5  # pixels of the map kept from ink
_LINES = 24
_ON, _BESIDE = (-1, 0, 1), (-7, -5, 5, 7)  # pixels of the halved map across a line: shadow, and none
_ACROSS = np.array([*_ON, *_BESIDE], dtype=np.float32)[:, None]
_LEAST_MARKED, _MOST_BESIDE = 0.55, 0.3
_BLOCK = 8
_RIM_SHARE, _RIM_LEAN = 0.12, 0.02  # of the page's size


def check(page: QualityInput) -> Finding:
    """Return the longest crease as a share of the page's shorter side, and where it runs."""
    paper = page.bare_paper
    length, box = _longest(page)
    share = length / max(1, min(page.page().shape) / paper.factor)
    verdict = judge(share, page.thresholds.fold_flag, page.thresholds.fold_refuse)
    return Finding(
        "fold",
        share,
        verdict,
        _within(page, paper.to_page(box)) if box and verdict != "accept" else None,
        f"疑有摺痕,長達短邊的 {share:.0%};應低於 {page.thresholds.fold_flag:.0%}。請展平後重掃。",
        f"A crease seems to run over {share:.0%} of the shorter side; it should be below "
        f"{page.thresholds.fold_flag:.0%}. Flatten the page and scan again.",
    )


def _within(page: QualityInput, box: Box) -> Box:
    """Return the box cut at the frame's edge: the map's last pixels reach a little beyond it."""
    high, wide = page.gray.shape
    return box[0], box[1], min(box[2], wide), min(box[3], high)


def _longest(page: QualityInput) -> tuple[float, Box | None]:
    """Return length and box, on the paper's map, of the longest crease."""
    if min(page.bare_paper.tone.shape) < 4 * _AROUND:
        return 0.0, None
    marks, bare = _marks(page)
    shorter = min(marks.shape)
    lines = cv2.HoughLines(marks, 1, np.pi / 180, max(20, round(0.12 * shorter)))
    creases = [
        _crease(line[0][0], line[0][1], marks, bare) for line in (() if lines is None else lines[:_LINES])
    ]
    x0, y0, x1, y1 = (edge // (2 * page.bare_paper.factor) for edge in page.crop.box)
    creases = [one for one in creases if one[1] and not _along_rim(one[1], (x0, y0, x1, y1))]
    length, box = max(creases, key=lambda one: one[0], default=(0.0, None))
    return 2 * length, None if box is None else (2 * box[0], 2 * box[1], 2 * box[2], 2 * box[3])


def _marks(page: QualityInput) -> tuple[Gray, Gray]:
    """Return 255 where a soft shadow lies on bare paper, and where paper is bare, both halved once more."""
    paper, contrast = page.bare_paper, page.paper - page.ink
    # Closed over by three pixels, rulings and thin strokes are gone, and creases are not.
    soft = cv2.morphologyEx(paper.small, cv2.MORPH_CLOSE, np.ones((3, 3), np.uint8))
    around = surroundings(np.asarray(soft, dtype=np.uint8), _AROUND)
    step = cv2.blur(cv2.subtract(around, soft), (3, 3))
    ink = (cv2.subtract(around, paper.darkest) > _INK_SHARE * contrast).astype(np.uint8)
    bare = (cv2.dilate(ink, np.ones((_CLEAR, _CLEAR), np.uint8)) == 0) & (
        cv2.erode(paper.sheet, np.ones((9, 9))) > 0
    )
    least = max(_LEAST_STEP, _LEAST_SHARE * contrast)
    marks = ((step > least) & bare).astype(np.uint8) * 255
    return _halved(marks), _halved(bare.astype(np.uint8) * 255)


def _along_rim(crease: Box, page: Box) -> bool:
    """Tell whether a line runs beside the page's edge: a printed border or the leaves beneath, no fold."""
    for low, high in ((0, 2), (1, 3)):
        size = page[high] - page[low]
        level = crease[high] - crease[low] <= _RIM_LEAN * size + 2
        if level and (
            crease[high] - page[low] <= _RIM_SHARE * size or page[high] - crease[low] <= _RIM_SHARE * size
        ):
            return True
    return False


def _halved(mask: Gray) -> Gray:
    small = cv2.resize(mask, (mask.shape[1] // 2, mask.shape[0] // 2), interpolation=cv2.INTER_AREA)
    return ((small > 127) * 255).astype(np.uint8)


def _crease(rho: float, theta: float, marks: Gray, bare: Gray) -> tuple[float, Box | None]:
    """Return length and box of the stretch of a line that is marked while both its sides are not."""
    high, wide = marks.shape
    reach = np.arange(-high - wide, high + wide, dtype=np.float32)
    cos, sin = np.cos(theta), np.sin(theta)
    x, y = rho * cos - reach * sin, rho * sin + reach * cos
    inside = (x >= 0) & (x < wide) & (y >= 0) & (y < high)
    x, y = x[inside], y[inside]
    seen = _sample(marks, x + _ACROSS * cos, y + _ACROSS * sin)
    on, aside = (np.logical_or.reduce(part, axis=0) for part in (seen[: len(_ON)], seen[len(_ON) :]))
    start, end = _stretch(on, _sample(bare, x, y), aside)
    if start == end:
        return 0.0, None
    xs, ys = x[[start, end - 1]], y[[start, end - 1]]
    box = (int(xs.min()), int(ys.min()), int(xs.max()) + 2, int(ys.max()) + 2)
    return float(end - start), box


def _sample(mask: Gray, x: NDArray[np.float32], y: NDArray[np.float32]) -> NDArray[np.bool_]:
    high, wide = mask.shape
    columns, rows = x.astype(np.int32).clip(0, wide - 1), y.astype(np.int32).clip(0, high - 1)
    return np.asarray(mask.ravel().take(rows * wide + columns) > 0)


def _stretch(on: NDArray[np.bool_], known: NDArray[np.bool_], aside: NDArray[np.bool_]) -> tuple[int, int]:
    """Return start and end of the longest stretch, block by block; where ink hides the line it goes on."""
    seen, marked, beside = (_by_block(each & known) for each in (known, on, aside))
    creased = (marked >= _LEAST_MARKED * seen) & (beside <= _MOST_BESIDE * seen)
    best, start = (0, 0), None
    for block in np.flatnonzero(seen >= _BLOCK // 2).tolist():
        if not creased[block]:
            start = None
            continue
        start = block if start is None else start
        best = max(best, (start, block + 1), key=lambda one: one[1] - one[0])
    return best[0] * _BLOCK, best[1] * _BLOCK


def _by_block(flags: NDArray[np.bool_]) -> NDArray[np.intp]:
    """Return how many are set in each whole block."""
    whole = len(flags) // _BLOCK
    return np.asarray(flags[: whole * _BLOCK].reshape(whole, _BLOCK).sum(axis=1))
