"""Folds: a crease throws a long narrow shadow, or a light line, across the paper."""

import cv2
import numpy as np

from imaging.arrays import Box, Gray
from imaging.quality.finding import Finding, judge
from imaging.quality.page import QualityInput

_AROUND = 25  # pixels of the map within which a crease differs from the paper
_LEAST_STEP = 7.0  # grey levels
_TIMES_USUAL = 2.5
_LEAST_SLENDER = 6.0
_RIM = 7


def check(page: QualityInput) -> Finding:
    """Return the longest crease as a share of the page's shorter side, and where it runs."""
    paper = page.bare_paper
    length, box = max((_longest(paper.tone, paper.sheet, sign) for sign in (1, -1)), key=lambda one: one[0])
    share = length / max(1, min(page.page().shape) / paper.factor)
    verdict = judge(share, page.thresholds.fold_flag)
    return Finding(
        "fold",
        share,
        verdict,
        paper.to_page(box) if box and verdict != "accept" else None,
        f"疑有摺痕,長達短邊的 {share:.0%};應低於 {page.thresholds.fold_flag:.0%}。請展平後重掃。",
        f"A crease seems to run over {share:.0%} of the shorter side; it should be below "
        f"{page.thresholds.fold_flag:.0%}. Flatten the page and scan again.",
    )


def _longest(tone: Gray, sheet: Gray, sign: int) -> tuple[float, Box | None]:
    """Return length and box of the longest slender part that is darker (1) or lighter (-1) than around it."""
    if min(tone.shape) < 4 * _AROUND:
        return 0.0, None
    # Darker (or lighter) than both sides: the edge of a stain is so on one side only.
    act = cv2.MORPH_BLACKHAT if sign > 0 else cv2.MORPH_TOPHAT
    step = cv2.morphologyEx(cv2.blur(tone, (3, 3)), act, np.ones((_AROUND, _AROUND), np.uint8))
    inner = cv2.erode(sheet, np.ones((2 * _RIM + 1, 2 * _RIM + 1), np.uint8), borderValue=0) > 0
    if not inner.any():
        return 0.0, None
    usual = float(np.median(step[inner]))
    marks = ((step > max(_LEAST_STEP, _TIMES_USUAL * usual)) & inner).astype(np.uint8)
    joined = cv2.morphologyEx(marks, cv2.MORPH_CLOSE, np.ones((5, 5), np.uint8))
    outlines, _ = cv2.findContours(joined, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    return max((_slender(outline) for outline in outlines), key=lambda one: one[0], default=(0.0, None))


def _slender(outline: cv2.typing.MatLike) -> tuple[float, Box | None]:
    _, sides, _ = cv2.minAreaRect(outline)
    length, breadth = max(sides), max(1.0, min(sides))
    if length < _LEAST_SLENDER * breadth:
        return 0.0, None
    x, y, wide, high = cv2.boundingRect(outline)
    return float(length), (x, y, x + wide, y + high)
