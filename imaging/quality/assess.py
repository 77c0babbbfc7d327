"""Run every check on a page."""

from collections.abc import Callable

from imaging.arrays import Pixels
from imaging.crop import CropEstimate, estimate_crop
from imaging.grey import to_grey
from imaging.quality import (
    blank,
    blur,
    clipping,
    contrast,
    cut_off,
    exposure,
    noise,
    resolution,
    skew_limit,
)
from imaging.quality.finding import Finding
from imaging.quality.page import QualityInput, measure
from imaging.quality.thresholds import Thresholds
from imaging.skew import SkewEstimate

CHECKS: tuple[Callable[[QualityInput], Finding], ...] = (
    resolution.check,
    blank.check,
    blur.check,
    exposure.check,
    clipping.check,
    contrast.check,
    noise.check,
    cut_off.check,
    skew_limit.check,
)


def assess(
    pixels: Pixels,
    ppi: float | None,
    skew: SkewEstimate,
    thresholds: Thresholds | None = None,
    crop: CropEstimate | None = None,
) -> tuple[Finding, ...]:
    """Return one finding a check, in the order of CHECKS, for grey or RGB master pixels.

    `crop` is estimated if not given; boxes in findings are in the master's pixels.
    """
    gray = to_grey(pixels)
    page = measure(gray, ppi, skew, crop or estimate_crop(gray), thresholds or Thresholds())
    return tuple(check(page) for check in CHECKS)
