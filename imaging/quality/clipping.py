"""Clipping: tones lost in pure white or pure black."""

import numpy as np

from imaging.quality.finding import Finding, judge
from imaging.quality.page import QualityInput


def check(page: QualityInput) -> Finding:
    """Return the share of the page at either end of the scale."""
    inside = page.page()[::2, ::2]
    share = float(np.count_nonzero((inside == 0) | (inside == 255))) / inside.size
    return Finding(
        "clipping",
        share,
        judge(share, page.thresholds.clipped_flag),
        None,
        f"全白或全黑占 {share:.0%};應低於 {page.thresholds.clipped_flag:.0%},淡墨才不致消失。",
        f"{share:.0%} is pure white or black; it should be below {page.thresholds.clipped_flag:.0%}, "
        "or faint ink is lost.",
    )
