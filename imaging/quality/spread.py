"""Spreads: a frame that shows two pages and is declared as one, or the other way round."""

import math

from imaging.arrays import Box
from imaging.quality.finding import Finding, judge, judge_low
from imaging.quality.page import QualityInput
from imaging.spread import GutterEstimate, estimate_gutter

_HALF_BREADTH = 0.01  # of the frame's height, of the box drawn round a gutter


def check(page: QualityInput) -> Finding:
    """Return how surely the frame has a gutter, and whether that fits how its pages are declared."""
    return _of_page(page) if page.gutter is None else _of_side(page, page.gutter)


def _of_page(page: QualityInput) -> Finding:
    """Only the shadow of a gutter counts against a page's word: an empty strip stands in many forms."""
    x0, y0, x1, y1 = page.crop.box
    wide_enough = x1 - x0 >= page.thresholds.spread_aspect * (y1 - y0)
    seen = estimate_gutter(page.page(), shadow_only=True) if wide_enough else None
    confidence = 0.0 if seen is None else seen.confidence
    verdict = judge(confidence, page.thresholds.gutter_flag, page.thresholds.gutter_refuse)
    return Finding(
        "spread",
        confidence,
        verdict,
        _box_round(seen, x0, y0, y1) if seen is not None and verdict != "accept" else None,
        "疑為跨頁,清單卻列為單頁;請註明左右兩頁。",
        "This seems to be two pages, and is listed as one: list its right and its left side.",
    )


def _of_side(page: QualityInput, gutter: GutterEstimate) -> Finding:
    """The deliverer's word stands with an empty strip; it is doubted where not even that is there."""
    verdict = judge_low(gutter.confidence, page.thresholds.gutter_least, page.thresholds.gutter_least_refuse)
    return Finding(
        "spread",
        gutter.confidence,
        verdict,
        page.whole(verdict),
        "清單列為跨頁,卻找不到中縫,暫自正中分開;請核對是否為單頁。",
        "Listed as two pages, but no gutter is to be seen; it was parted in the middle: is it one page?",
    )


def _box_round(gutter: GutterEstimate, x0: int, y0: int, y1: int) -> Box:
    edges = sorted((gutter.x_top, gutter.x_bottom))
    breadth = max(2.0, _HALF_BREADTH * (y1 - y0))
    return x0 + max(0, math.floor(edges[0] - breadth)), y0, x0 + math.ceil(edges[1] + breadth), y1
