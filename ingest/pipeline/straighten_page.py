"""Turn a page upright and cut away what is not the page; the master stays as it is."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from imaging.crop import CropEstimate, estimate_crop
from imaging.grey import to_grey
from imaging.skew import SkewEstimate, estimate_skew
from imaging.transform import PageTransform, for_deskew, warp


@dataclass(frozen=True, slots=True, eq=False)
class StraightPage:
    """The derivative's pixels (H × W × 3), with the way back to the master and what it was made by."""

    pixels: NDArray[np.uint8]
    transform: PageTransform
    skew: SkewEstimate
    crop: CropEstimate


def straighten_page(pixels: NDArray[np.uint8]) -> StraightPage:
    """Deskew and crop a master's pixels (H × W × 3)."""
    gray = to_grey(pixels)
    skew, crop = estimate_skew(gray), estimate_crop(gray)
    height, width = gray.shape
    transform = for_deskew((width, height), skew.angle_deg, crop.box)
    return StraightPage(warp(pixels, transform), transform, skew, crop)
