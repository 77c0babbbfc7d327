"""Colour: red ink carries meaning in some series, and a grey master has lost it."""

from imaging.quality.finding import Finding, judge_low
from imaging.quality.page import QualityInput


def check(page: QualityInput) -> Finding:
    """Return how far the most coloured hundredth of the page is from grey, in levels."""
    limits = page.thresholds
    verdict = judge_low(page.chroma, limits.chroma_flag, limits.chroma_refuse)
    if limits.chroma_flag <= 0:
        verdict = "accept"
    return Finding(
        "colour",
        page.chroma,
        verdict,
        page.whole(verdict),
        f"彩度 {page.chroma:.0f} 階;此類簿冊的紅字有意義,應以彩色掃描({limits.chroma_flag:.0f} 階以上)。",
        f"The colours are {page.chroma:.0f} levels from grey. Where red ink carries meaning, "
        f"scan in colour ({limits.chroma_flag:.0f} or more).",
    )
