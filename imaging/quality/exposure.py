"""Exposure: the paper should be light, and the ink on it dark."""

from imaging.quality.finding import Finding, judge, judge_low
from imaging.quality.page import QualityInput


def check(page: QualityInput) -> Finding:
    """Return the paper's grey level (0–255); a white sheet is too light if its darkest ink is light too."""
    limits = page.thresholds
    # White paper alone is no fault: most is, as scanners and JPEG give it.
    if page.paper >= limits.paper_light_flag and page.stroke_ink >= limits.ink_light_flag:
        return _too_light(page)
    verdict = judge_low(page.paper, limits.paper_dark_flag, limits.paper_dark_refuse)
    return Finding(
        "exposure",
        page.paper,
        verdict,
        page.whole(verdict),
        f"紙面亮度 {page.paper:.0f};應高於 {limits.paper_dark_flag:.0f}。過暗請調整曝光後重掃。",
        f"The paper's level is {page.paper:.0f}; it should be above {limits.paper_dark_flag:.0f}. "
        "If too dark, adjust the exposure and scan again.",
    )


def _too_light(page: QualityInput) -> Finding:
    limits, ink = page.thresholds, page.stroke_ink
    verdict = judge(ink, limits.ink_light_flag, limits.ink_light_refuse)
    return Finding(
        "exposure",
        page.paper,
        verdict,
        page.whole(verdict),
        f"紙面亮度 {page.paper:.0f} 而最深墨色亮度 {ink:.0f};墨色應低於 {limits.ink_light_flag:.0f}。"
        "過亮請調低曝光後重掃;空白頁則請確認。",
        f"The paper's level is {page.paper:.0f} and that of the darkest ink {ink:.0f}, which should be below "
        f"{limits.ink_light_flag:.0f}. If too light, lower the exposure and scan again; if blank, confirm.",
    )
