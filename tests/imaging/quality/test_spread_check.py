"""Two pages listed as one are noticed, and one listed as two; drawn by the page generator."""

from functools import cache

import numpy as np
import pytest

from bench.pages.draw_volume import Kind, draw_volume
from imaging.grey import to_grey
from imaging.quality import Finding, Thresholds, assess
from imaging.skew import SkewEstimate
from imaging.spread import estimate_gutter

STRAIGHT = SkewEstimate(0.0, 1.0, "rulings")


@cache
def drawn(kind: Kind, severity: int) -> list[np.ndarray]:
    volume = draw_volume(2, 31, severity, kind=kind, width=1200, height=850)
    return [np.asarray(page.pixels) for page in volume]


def judged(pixels: np.ndarray, *, as_two: bool = False, limits: Thresholds | None = None) -> Finding:
    gutter = estimate_gutter(to_grey(pixels)) if as_two else None
    found = assess(pixels, 300.0, STRAIGHT, limits, gutter=gutter)
    return next(finding for finding in found if finding.check == "spread")


@pytest.mark.parametrize("severity", [1, 2])
def test_an_undeclared_spread_is_flagged_at_its_gutter(severity: int) -> None:
    for pixels in drawn(Kind.SPREAD, severity):
        finding = judged(pixels)
        assert finding.verdict == "flag"
        assert finding.where is not None
        assert 900 < finding.where[0] < finding.where[2] < 1500


@pytest.mark.parametrize("severity", [0, 1, 2])
def test_a_declared_spread_is_as_declared(severity: int) -> None:
    for pixels in drawn(Kind.SPREAD, severity):
        assert judged(pixels, as_two=True).verdict == "accept"


@pytest.mark.parametrize("severity", [0, 1, 2])
def test_a_single_page_passes_as_one_and_is_doubted_as_two(severity: int) -> None:
    for pixels in drawn(Kind.PAGE, severity):
        assert judged(pixels).verdict == "accept"
        doubted = judged(pixels, as_two=True)
        assert (doubted.verdict, doubted.where) == ("flag", (0, 0, 1200, 850))


def test_a_frame_too_narrow_for_two_pages_is_not_looked_at() -> None:
    (pixels, _) = drawn(Kind.SPREAD, 1)
    assert judged(pixels, limits=Thresholds(spread_aspect=4.0)).value == 0.0
