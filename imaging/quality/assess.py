"""Run every check on a page."""

from collections.abc import Callable, Sequence

from imaging.arrays import Pixels
from imaging.crop import CropEstimate
from imaging.half_side import HalfSide
from imaging.orientation import OrientationEstimate
from imaging.quality import (
    blank,
    blur,
    clipping,
    colour,
    contrast,
    cut_off,
    exposure,
    fold,
    noise,
    resolution,
    shadow,
    show_through,
    skew_limit,
    spread,
)
from imaging.quality.finding import Finding
from imaging.quality.orientation import check_orientation
from imaging.quality.page import QualityInput, measure
from imaging.quality.thresholds import Thresholds
from imaging.skew import SkewEstimate

CHECKS: tuple[Callable[[QualityInput], Finding], ...] = (
    resolution.check,
    colour.check,
    blank.check,
    blur.check,
    exposure.check,
    clipping.check,
    contrast.check,
    noise.check,
    show_through.check,
    fold.check,
    shadow.check,
    cut_off.check,
    skew_limit.check,
    spread.check,
)


def assess(
    pixels: Pixels,
    ppi: float | None,
    skew: SkewEstimate,
    thresholds: Thresholds | None = None,
    crop: CropEstimate | None = None,
    side: HalfSide | None = None,
) -> tuple[Finding, ...]:
    """Return one finding a check, in the order of CHECKS, for grey or RGB master pixels.

    `crop` is estimated if not given; `side` is the half that a declared double-page spread is read for.
    Boxes in findings are in the master's pixels.
    """
    page = measure(pixels, ppi, skew, crop, thresholds or Thresholds(), side)
    return tuple(check(page) for check in CHECKS)


def assess_turn(
    turn: OrientationEstimate, findings: Sequence[Finding], thresholds: Thresholds | None = None
) -> tuple[Finding, ...]:
    """Return a page's findings and one more: whether its quarter turns could be told when it was read."""
    blank = any(one.check == "blank" and one.verdict != "accept" for one in findings)
    return (*findings, check_orientation(turn, thresholds or Thresholds(), blank=blank))
