"""Skew: straightened in the derivative, but a page laid far aslant loses its corners."""

from imaging.quality.finding import Finding, judge, judge_low
from imaging.quality.page import QualityInput

_WIDEST = 15  # degrees, within which a skew is told


def check(page: QualityInput) -> Finding:
    """Return the skew in degrees, positive counter-clockwise; where its content does not tell, that of the
    paper; where nothing tells, how sure the angle is, from 0 to 1.

    A blank page whose paper does not tell either has no skew, and a flag of its own.
    """
    limits = page.thresholds
    if page.skew.method == "none" and page.crop.turn_deg is not None:
        return _turned(page, page.crop.turn_deg)
    sure = judge_low(page.skew.confidence, limits.skew_sure_flag, limits.skew_sure_refuse)
    if sure == "accept" or not limits.skew_sure_flag or page.seems_blank:
        return _turned(page, page.skew.angle_deg)
    return Finding(
        "skew",
        page.skew.confidence,
        sure,
        page.whole(sure),
        f"歪斜不明(把握 {page.skew.confidence:.0%}),可能超過 ±{_WIDEST} 度;請核對是否擺正。",
        f"The angle cannot be told ({page.skew.confidence:.0%} sure), perhaps because it is beyond "
        f"±{_WIDEST}°: check that the page lies straight.",
    )


def _turned(page: QualityInput, angle: float) -> Finding:
    limits = page.thresholds
    verdict = judge(abs(angle), limits.skew_flag, limits.skew_refuse)
    return Finding(
        "skew",
        angle,
        verdict,
        page.whole(verdict),
        f"歪斜 {angle:+.2f} 度;應在 ±{limits.skew_flag:g} 度內,請擺正後重掃。",
        f"Turned by {angle:+.2f} degrees; it should be within ±{limits.skew_flag:g}. "
        "Lay it straight and scan again.",
    )
