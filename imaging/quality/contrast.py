"""Contrast: ink must stand out from paper."""

from imaging.arrays import Box
from imaging.levels import count_levels, percentiles
from imaging.quality.finding import Finding, judge_low
from imaging.quality.page import QualityInput

_WRITTEN = 0.5  # of the page's contrast, that a part with writing has at least


def check(page: QualityInput) -> Finding:
    """Return the grey levels between paper and the darkest ink, and where the writing is faintest."""
    limits, value = page.thresholds, page.paper - page.ink
    if value < limits.contrast_flag:
        # It may be that the little which is written is dark enough.
        value = page.paper - page.stroke_ink
    verdict = judge_low(value, limits.contrast_flag, limits.contrast_refuse)
    return Finding(
        "contrast",
        value,
        verdict,
        None if verdict == "accept" else _faintest(page, value),
        f"墨與紙相差 {value:.0f} 階;應高於 {limits.contrast_flag:.0f}。過低者字跡難辨或為空白頁。",
        f"Ink and paper are {value:.0f} levels apart; it should be above {limits.contrast_flag:.0f}. "
        "Less means faint writing or a blank page.",
    )


def _faintest(page: QualityInput, contrast: float) -> Box:
    """Return the part of least contrast of those with writing; the whole page where none has any."""
    parts = []
    for box, tile in page.tiles():
        paper, ink = percentiles(count_levels(tile), (75, 0.5))
        if paper - ink >= _WRITTEN * contrast:
            parts.append((float(paper - ink), box))
    return min(parts)[1] if parts else page.crop.box
