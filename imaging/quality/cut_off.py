"""Cut-off edges: strokes that run out of the frame."""

import numpy as np

from imaging.arrays import Box, Gray
from imaging.quality.finding import Finding, judge
from imaging.quality.page import QualityInput

_DEPTH = 6  # pixels at the frame's edge that a stroke must cross whole
_LONGEST_RUN = 0.02  # of the side: longer dark runs are a shadow or the ground, not strokes
_LEAST_DARKER = 40.0


def check(page: QualityInput) -> Finding:
    """Return the most strokes that cross one side of the frame, and that side."""
    height, width = page.gray.shape
    sides: list[tuple[Gray, Box]] = [
        (page.gray[:_DEPTH], (0, 0, width, _DEPTH)),
        (page.gray[-_DEPTH:], (0, height - _DEPTH, width, height)),
        (page.gray[:, :_DEPTH].T, (0, 0, _DEPTH, height)),
        (page.gray[:, -_DEPTH:].T, (width - _DEPTH, 0, width, height)),
    ]
    counts = [_crossings(side, page.paper) for side, _ in sides]
    worst = int(np.argmax(counts))
    verdict = judge(counts[worst], page.thresholds.crossing_flag, page.thresholds.crossing_refuse)
    return Finding(
        "cut_off",
        float(counts[worst]),
        verdict,
        None if verdict == "accept" else sides[worst][1],
        f"有 {counts[worst]} 筆線條越出影像邊緣;多者表示頁面裁切不全,請露出整頁重掃。",
        f"{counts[worst]} strokes run out of the frame; many mean that the page is cut off: "
        "scan it again with all its edges in view.",
    )


def _crossings(side: Gray, paper: float) -> int:
    """Return how many short dark runs go through a strip of depth × length."""
    own = min(paper, float(np.median(side)))
    dark = side.max(axis=0) < own - _LEAST_DARKER
    edges = np.flatnonzero(np.diff(np.concatenate([[False], dark, [False]]).astype(np.int8)))
    runs = edges[1::2] - edges[::2]
    return int(np.count_nonzero((runs >= 2) & (runs <= max(4, _LONGEST_RUN * len(dark)))))
