"""Clipping: tones lost in pure white or pure black."""

import numpy as np
from numpy.typing import NDArray

from imaging.levels import count_levels
from imaging.quality.finding import Finding, judge
from imaging.quality.page import QualityInput

_LEAST_UPPER = 0.25  # upper tones for each of the middle ones: the soft edges of strokes have both
_GRAIN = 0.02  # of the white paper


def check(page: QualityInput) -> Finding:
    """Return the share of the page at either end of the scale."""
    counts = count_levels(page.page()[::2, ::2])
    share = float(counts[0] + counts[255]) / float(counts.sum())
    limits = page.thresholds
    lost = judge(share, limits.clipped_flag if _tones_are_lost(counts) else limits.white_flag)
    return Finding(
        "clipping",
        share,
        lost,
        None,
        f"全白或全黑占 {share:.0%};應低於 {page.thresholds.clipped_flag:.0%},淡墨才不致消失。",
        f"{share:.0%} is pure white or black; it should be below {page.thresholds.clipped_flag:.0%}, "
        "or faint ink is lost.",
    )


def _tones_are_lost(counts: NDArray[np.int64]) -> bool:
    """Tell paper driven into white from paper that is white: upper tones are gone, or grain is cut."""
    upper, middle = int(counts[200:255].sum()), int(counts[100:200].sum())
    cut_grain = int(counts[245:255].sum()) > _GRAIN * counts[255]
    black = counts[0] > counts[255]
    return bool(black or cut_grain or upper < _LEAST_UPPER * middle)
