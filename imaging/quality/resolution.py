"""Resolution: enough pixels to read small writing, stated truly."""

from imaging.arrays import Box, Gray
from imaging.quality.finding import Finding, judge_low
from imaging.quality.page import QualityInput
from imaging.quality.thresholds import Thresholds

_CM = 2.54


def check(page: QualityInput) -> Finding:
    """Return the stated ppi; where none is stated, or one that cannot be, judge the longer side in pixels."""
    limits = page.thresholds
    if not page.ppi:
        longer = max(page.gray.shape)
        verdict = judge_low(longer, limits.longer_side_flag, limits.longer_side_refuse)
        return Finding(
            "resolution",
            float(longer),
            verdict,
            page.whole(verdict),
            f"檔案未載明解析度;長邊 {longer} 像素。請以 300 ppi 以上掃描並寫入解析度。",
            f"No resolution is stated; the longer side has {longer} pixels. "
            "Scan at 300 ppi or more and state it.",
        )
    if page.ppi_meant is None:
        return _cannot_be(page.gray, page.ppi, limits, page.crop.box)
    verdict = judge_low(page.ppi, limits.ppi_flag, limits.ppi_refuse)
    return Finding(
        "resolution",
        page.ppi,
        verdict,
        page.whole(verdict),
        f"解析度 {page.ppi:.0f} ppi;應為 300 ppi 以上。",
        f"Resolution {page.ppi:.0f} ppi; it should be 300 ppi or more.",
    )


def _cannot_be(gray: Gray, ppi: float, limits: Thresholds, where: Box) -> Finding:
    """Flag a resolution that a program wrote by default, and not one that somebody scanned at."""
    high, wide = (side / ppi * _CM for side in gray.shape)
    return Finding(
        "resolution",
        ppi,
        "flag",
        where,
        f"檔案載明 {ppi:.0f} ppi,紙張便有 {wide:.0f}×{high:.0f} 公分,不合常理;請更正解析度。",
        f"{ppi:.0f} ppi is stated, so the sheet would be {wide:.0f}×{high:.0f} cm; registers measure "
        f"{limits.paper_least * _CM:.0f} to {limits.paper_most * _CM:.0f} cm. State the true resolution.",
    )
