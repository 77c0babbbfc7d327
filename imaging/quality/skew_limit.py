"""Skew: straightened in the derivative, but a page laid far aslant loses its corners."""

from imaging.quality.finding import Finding, judge
from imaging.quality.page import QualityInput


def check(page: QualityInput) -> Finding:
    """Return the skew in degrees, positive counter-clockwise; where its content does not tell, that of the
    paper; 0 where nothing tells, which is another check's finding."""
    angle, _ = page.turn
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
