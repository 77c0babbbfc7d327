"""Turn a page upright and cut away what is not the page; the master stays as it is."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from imaging.crop import estimate_crop
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
