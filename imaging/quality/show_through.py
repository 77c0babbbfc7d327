"""Show-through: the other side's writing, faint and soft, on paper that should be bare."""

import cv2
import numpy as np

from imaging.arrays import Box
from imaging.levels import percentiles
from imaging.quality.finding import Finding, judge
from imaging.quality.page import QualityInput
from imaging.quality.paper import Paper
from imaging.surroundings import surroundings

_AROUND = 21
_INK_SHARE = 0.45  # of the page's contrast: darker is this side's own ink
_CLEAR = 9  # pixels kept from ink and its soft edges
_UPPER = 97.0
_BLOCKS = 6
_LEAST_BARE = 400
_LEVELS = 255  # added, so that paper lighter than round it counts from 0 up


def check(page: QualityInput) -> Finding:
    """Return how dark soft marks on bare paper are, as a share of the ink's contrast, and where."""
    contrast = page.paper - page.ink
    value, box = (
        _worst(page.bare_paper, contrast) if contrast >= page.thresholds.contrast_refuse else (0.0, None)
    )
    verdict = judge(value, page.thresholds.through_flag, page.thresholds.through_refuse)
    return Finding(
        "show_through",
        value,
        verdict,
        page.bare_paper.to_page(box) if box and verdict != "accept" else None,
        f"背面文字透印,深達墨色的 {value:.0%};應低於 {page.thresholds.through_flag:.0%}。請襯黑紙重掃。",
        f"Writing of the other side shows through at {value:.0%} of the ink; it should be below "
        f"{page.thresholds.through_flag:.0%}. Lay black paper behind and scan again.",
    )


def _worst(paper: Paper, contrast: float) -> tuple[float, Box | None]:
    """Return the upper quartile of the blocks' faint marks, and the box of the worst block."""
    small = paper.small
    if min(small.shape) < 4 * _AROUND:
        return 0.0, None
    smooth = cv2.GaussianBlur(small, (0, 0), 1.0)
    around = surroundings(small, _AROUND).astype(np.int16)
    faint = around - smooth + _LEVELS
    ink = (around - paper.darkest > _INK_SHARE * contrast).astype(np.uint8)
    bare = cv2.dilate(ink, np.ones((_CLEAR, _CLEAR), np.uint8)) == 0
    bare &= cv2.erode(paper.sheet, np.ones((_AROUND, _AROUND), np.uint8), borderValue=0) > 0
    found = []
    for rows in np.array_split(np.arange(small.shape[0]), _BLOCKS):
        for columns in np.array_split(np.arange(small.shape[1]), _BLOCKS):
            box = (int(columns[0]), int(rows[0]), int(columns[-1]) + 1, int(rows[-1]) + 1)
            part = np.s_[box[1] : box[3], box[0] : box[2]]
            marks = faint[part][bare[part]]
            if marks.size >= _LEAST_BARE:
                counts = np.bincount(marks, minlength=2 * _LEVELS)
                dark, light = percentiles(counts, (_UPPER, 100 - _UPPER)) - _LEVELS
                found.append((max(0.0, float(dark + light)) / contrast, box))
    if not found:
        return 0.0, None
    found.sort()
    return found[(3 * len(found)) // 4][0], found[-1][1]
