"""Contrast: ink must stand out from paper."""

from imaging.quality.finding import Finding, judge_low
from imaging.quality.page import QualityInput


def check(page: QualityInput) -> Finding:
    """Return the grey levels between paper and the darkest ink."""
    limits, value = page.thresholds, page.paper - page.ink
    return Finding(
        "contrast",
        value,
        judge_low(value, limits.contrast_flag, limits.contrast_refuse),
        None,
        f"墨與紙相差 {value:.0f} 階;應高於 {limits.contrast_flag:.0f}。過低者字跡難辨或為空白頁。",
        f"Ink and paper are {value:.0f} levels apart; it should be above {limits.contrast_flag:.0f}. "
        "Less means faint writing or a blank page.",
    )
