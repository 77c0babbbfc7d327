"""Turn a page upright and cut away what is not the page; the master stays as it is."""

from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from imaging.crop import CropEstimate, estimate_crop
from imaging.grey import to_grey
from imaging.skew import SkewEstimate, estimate_skew
from imaging.transform import PageTransform, for_deskew, warp

Side = Literal["right", "left"]


@dataclass(frozen=True, slots=True, eq=False)
class StraightPage:
    """The derivative's pixels (H × W × 3), with the way back to the master and what it was made by."""

    pixels: NDArray[np.uint8]
    transform: PageTransform
    skew: SkewEstimate
    crop: CropEstimate


def straighten_page(pixels: NDArray[np.uint8], *, side: Side | None = None) -> StraightPage:
    """Deskew and crop a master's pixels (H × W × 3), or one half of them where they are a spread."""
    gray = to_grey(pixels)
    height, width = gray.shape
    start, end = (0, width) if side is None else (width // 2, width) if side == "right" else (0, width // 2)
    half = gray[:, start:end]
    skew, crop = estimate_skew(half), estimate_crop(half)
    x0, y0, x1, y1 = crop.box
    crop = replace(crop, box=(x0 + start, y0, x1 + start, y1))
    transform = for_deskew((width, height), skew.angle_deg, crop.box)
    return StraightPage(warp(pixels, transform), transform, skew, crop)
