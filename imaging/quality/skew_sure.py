"""A skew that nothing tells: the page may lie further aslant than is looked for."""

from imaging.quality.finding import Finding, judge_low
from imaging.quality.page import QualityInput

_WIDEST = 15  # degrees, within which a skew is told


def check(page: QualityInput) -> Finding:
    """Return how sure the skew is, from 0 to 1: by the content, or by the paper's four sides.

    A blank page has no skew, and a flag of its own.
    """
    limits = page.thresholds
    _, sure = page.turn
    verdict = judge_low(sure, limits.skew_sure_flag, limits.skew_sure_refuse)
    if not limits.skew_sure_flag or page.seems_blank:
        verdict = "accept"
    return Finding(
        "skew_sure",
        sure,
        verdict,
        page.whole(verdict),
        f"歪斜不明(把握 {sure:.0%}),可能超過 ±{_WIDEST} 度;請核對是否擺正。",
        f"The angle cannot be told ({sure:.0%} sure), perhaps because it is beyond ±{_WIDEST}°: check that "
        "the page lies straight.",
    )
