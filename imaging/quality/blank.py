"""Blank: hardly a stroke on the page."""

from imaging.quality.finding import Finding, judge_low
from imaging.quality.page import QualityInput


def check(page: QualityInput) -> Finding:
    """Return the share of the page that lies under strokes and rulings."""
    limits, share = page.thresholds, page.stroke_share
    verdict = judge_low(share, limits.ink_flag, limits.ink_refuse)
    return Finding(
        "blank",
        share,
        verdict,
        page.whole(verdict),
        f"筆畫與格線占頁面 {share:.2%};過低者可能為空白頁,請核對。",
        f"Strokes and rulings cover {share:.2%} of the page; very little means it may be blank: check it.",
    )
