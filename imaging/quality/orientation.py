"""Orientation: which way up a page stands, where neither its labels nor its lines tell."""

from imaging.arrays import Box
from imaging.orientation import OrientationEstimate
from imaging.quality.finding import Finding, judge_low
from imaging.quality.thresholds import Thresholds


def check_orientation(
    turn: OrientationEstimate, thresholds: Thresholds, *, blank: bool, page: Box | None = None
) -> Finding:
    """Return how surely the page's quarter turns are told, from 0 to 1; a threshold of 0 asks for nothing.

    `page` is the box of the whole page, the place of such a fault.

    Not one of CHECKS: it can be told only once the page has been read. A `blank` page has no way up, and a
    flag of its own.
    """
    least = thresholds.orientation_flag
    verdict = judge_low(turn.confidence, least, thresholds.orientation_refuse)
    if blank or not least:
        verdict = "accept"
    return Finding(
        "orientation",
        turn.confidence,
        verdict,
        None if verdict == "accept" else page,
        f"頁面方向不明(把握 {turn.confidence:.0%},應有 {least:.0%});請確認判讀時是否橫放或顛倒。",
        f"Which way up the page stands is not told surely ({turn.confidence:.0%} sure; it should be "
        f"{least:.0%}). Check whether it was read on its side or its head.",
    )
