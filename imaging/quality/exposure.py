"""Exposure: the paper should be light."""

from imaging.quality.finding import Finding, judge_low
from imaging.quality.page import QualityInput


def check(page: QualityInput) -> Finding:
    """Return the paper's grey level (0–255)."""
    limits = page.thresholds
    return Finding(
        "exposure",
        page.paper,
        judge_low(page.paper, limits.paper_dark_flag, limits.paper_dark_refuse),
        None,
        f"紙面亮度 {page.paper:.0f};應高於 {limits.paper_dark_flag:.0f}。過暗請調整曝光後重掃。",
        f"The paper's level is {page.paper:.0f}; it should be above {limits.paper_dark_flag:.0f}. "
        "If too dark, adjust the exposure and scan again.",
    )
