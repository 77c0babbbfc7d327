"""Run every check on a page."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from imaging.arrays import Box, Gray, Pixels
from imaging.crop import CropEstimate
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
    skew_sure,
    spread,
)
from imaging.quality.finding import Finding
from imaging.quality.orientation import check_orientation
from imaging.quality.page import QualityInput, measure
from imaging.quality.thresholds import Thresholds
from imaging.skew import SkewEstimate
from imaging.spread import GutterEstimate

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
    skew_sure.check,
    spread.check,
)


_GRAINS = 4.5  # standard deviations; the darkest 0.5 % of bare paper lies 3.3 below its upper quartile


def assess(
    pixels: Pixels,
    ppi: float | None,
    skew: SkewEstimate,
    thresholds: Thresholds | None = None,
    crop: CropEstimate | None = None,
    gutter: GutterEstimate | None = None,
    gray: Gray | None = None,
) -> tuple[Finding, ...]:
    """Return one finding a check, in the order of CHECKS, for grey or RGB master pixels.

    `crop` is estimated if not given; `gutter` is what was found of it in a frame declared as two
    pages. `gray` is the pixels' luminance, where that is known.
    Boxes in findings are in the master's pixels.
    """
    page = measure(pixels, ppi, skew, crop, thresholds or Thresholds(), gutter, gray)
    return _spare_blank(tuple(check(page) for check in CHECKS))


def assess_turn(
    turn: OrientationEstimate,
    findings: Sequence[Finding],
    thresholds: Thresholds | None = None,
    page: Box | None = None,
) -> tuple[Finding, ...]:
    """Return a page's findings and one more: whether its quarter turns could be told when it was read.

    `page` is the box of the whole page in the master's pixels.
    """
    limits, blank = thresholds or Thresholds(), _is_blank(findings)
    return (*findings, check_orientation(turn, limits, blank=blank, page=page))


def _spare_blank(findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """Refuse no blank page for its contrast, nor for want of colour: it has a flag of its own, and scanned
    again it has no more ink.

    Where more than its grain is darker than the paper, stains or writing all but faded, contrast is flagged.
    Nothing else is spared, as a page that seems blank may be one that was scanned too dark or too light.
    """
    if not _is_blank(findings):
        return findings
    grain = next(one.value for one in findings if one.check == "noise")
    return tuple(_spared(one, grain) for one in findings)


def _spared(one: Finding, grain: float) -> Finding:
    if one.verdict == "accept" or one.check not in ("contrast", "colour"):
        return one
    if one.check == "colour" or one.value <= _GRAINS * grain + 1:
        return replace(one, verdict="accept", where=None)
    return replace(one, verdict="flag")


def _is_blank(findings: Sequence[Finding]) -> bool:
    return any(one.check == "blank" and one.verdict != "accept" for one in findings)
