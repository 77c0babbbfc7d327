"""Set a page square and upright and cut away what is not the page; the master stays as it is."""

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from imaging.arrays import Gray, Points
from imaging.crop import CropEstimate, estimate_crop
from imaging.grey import to_grey
from imaging.halves import HalfSide, half_of
from imaging.orientation import UNKNOWN_ORIENTATION, OrientationEstimate
from imaging.page_map import outline_of, page_map, turn_at_middle
from imaging.perspective import NO_PERSPECTIVE, PerspectiveEstimate, estimate_perspective, perspective_of_quad
from imaging.skew import SkewEstimate, estimate_skew
from imaging.spread import GutterEstimate, estimate_gutter
from imaging.transform import PageTransform, warp

Upright = Callable[[Gray, PageTransform], OrientationEstimate]


@dataclass(frozen=True, slots=True, eq=False)
class StraightPage:
    """The derivative's pixels (H × W × 3), with the way back to the master and what it was made by.

    `skew` is within ±15° of the nearest quarter turn, which `orientation` tells; `gutter` is None unless the
    page is one side of a spread.
    """

    pixels: NDArray[np.uint8]
    transform: PageTransform
    skew: SkewEstimate
    crop: CropEstimate
    orientation: OrientationEstimate = UNKNOWN_ORIENTATION
    perspective: PerspectiveEstimate = NO_PERSPECTIVE
    gutter: GutterEstimate | None = None

    @property
    def turned_deg(self) -> float:
        """How far the content is turned in all, counter-clockwise, above -180 up to 180 degrees."""
        total = (self.skew.angle_deg + self.orientation.turned_deg) % 360
        return total - 360 if total > 180 else total
