"""Blank: hardly a stroke on the page."""

import numpy as np

from imaging.quality.finding import Finding, judge_low
from imaging.quality.page import QualityInput
from imaging.skew.evidence import shrink, stroke_mask

_LONGEST = 1760


def check(page: QualityInput) -> Finding:
    """Return the share of the page that lies under strokes and rulings."""
    inside = stroke_mask(shrink(page.page(), _LONGEST))
    share = float(np.count_nonzero(inside)) / inside.size
    return Finding(
        "blank",
        share,
        judge_low(share, page.thresholds.ink_flag),
        None,
        f"筆畫與格線占頁面 {share:.2%};過低者可能為空白頁,請核對。",
        f"Strokes and rulings cover {share:.2%} of the page; very little means it may be blank: check it.",
    )
