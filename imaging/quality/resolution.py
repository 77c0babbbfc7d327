"""Resolution: enough pixels to read small writing."""

from imaging.quality.finding import Finding, judge_low
from imaging.quality.page import QualityInput


def check(page: QualityInput) -> Finding:
    """Return the stated ppi; where none is stated, judge the longer side in pixels instead."""
    limits = page.thresholds
    if page.ppi is None:
        longer = max(page.gray.shape)
        return Finding(
            "resolution",
            float(longer),
            judge_low(longer, limits.longer_side_flag),
            None,
            f"檔案未載明解析度;長邊 {longer} 像素。請以 300 ppi 以上掃描並寫入解析度。",
            f"No resolution is stated; the longer side has {longer} pixels. "
            "Scan at 300 ppi or more and state it.",
        )
    return Finding(
        "resolution",
        page.ppi,
        judge_low(page.ppi, limits.ppi_flag, limits.ppi_refuse),
        None,
        f"解析度 {page.ppi:.0f} ppi;應為 300 ppi 以上。",
        f"Resolution {page.ppi:.0f} ppi; it should be 300 ppi or more.",
    )
