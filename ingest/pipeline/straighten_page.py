"""Set a page square and cut away what is not the page; the master stays as it is."""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from imaging.arrays import Gray, Points
from imaging.crop import CropEstimate, estimate_crop
from imaging.grey import to_grey
from imaging.half_side import HalfSide
from imaging.halves import half_of_turned
from imaging.orientation import UNKNOWN_ORIENTATION, OrientationEstimate, Quarter
from imaging.page_map import outline_of, page_map, turn_at_middle
from imaging.perspective import NO_PERSPECTIVE, PerspectiveEstimate, estimate_perspective, perspective_of_quad
from imaging.skew import SkewEstimate, estimate_skew
from imaging.spread import GutterEstimate
from imaging.transform import PageTransform
from imaging.warp import warp

_BY_OUTLINE = 0.6
"""How sure a turn by the paper's sides may be at most: paper is not cut as truly as rulings are printed."""


@dataclass(frozen=True, slots=True, eq=False)
class StraightPage:
    """The derivative's pixels (H × W × 3), with the way back to the master and what it was made by.

    `skew` is within ±15° of the nearest quarter turn, which `orientation` tells once it is known; `gutter` is
    that of the spread as it stands turned back, None unless the page is one side of one.
    """

    pixels: NDArray[np.uint8]
    transform: PageTransform
    skew: SkewEstimate
    crop: CropEstimate
    orientation: OrientationEstimate = UNKNOWN_ORIENTATION
    perspective: PerspectiveEstimate = NO_PERSPECTIVE
    gutter: GutterEstimate | None = None

    def set_upright(self, orientation: OrientationEstimate) -> "StraightPage":
        """Return the page with the quarter turns taken out that are left in it; no pixel is resampled."""
        turned = orientation.turned_deg
        pixels = np.ascontiguousarray(np.rot90(self.pixels, -turned // 90)) if turned else self.pixels
        transform = self.transform.turned_back(turned) if turned else self.transform
        return replace(self, pixels=pixels, transform=transform, orientation=orientation)


def straighten_page(
    pixels: NDArray[np.uint8],
    *,
    side: HalfSide | None = None,
    turned: Quarter = 0,
    gray: Gray | None = None,
) -> StraightPage:
    """Take skew, perspective and ground out of a master's pixels (H × W × 3) in one warp.

    `side` takes one page of a spread that lies `turned` in its frame (degrees counter-clockwise as seen),
    `gray` is their luminance where that is known. Quarter turns are left in: reading tells them.
    """
    gray = to_grey(pixels) if gray is None else gray
    height, width = gray.shape
    gutter, half = (None, None) if side is None else half_of_turned(gray, side, turned)
    crop = estimate_crop(pixels)
    outline = outline_of(crop, half)
    if half is not None:
        crop = replace(crop, box=_box_round(outline), outline=tuple((float(x), float(y)) for x, y in outline))
    skew, perspective = _lie(gray, crop, whole=half is None)
    transform = page_map((width, height), outline, skew.angle_deg, perspective)
    return StraightPage(
        warp(pixels, transform), transform, skew, crop, perspective=perspective, gutter=gutter
    )


def _lie(gray: Gray, crop: CropEstimate, *, whole: bool) -> tuple[SkewEstimate, PerspectiveEstimate]:
    """Return how the page within its crop lies: turned, and aslant."""
    x0, y0, x1, y1 = crop.box
    page = gray[y0:y1, x0:x1]
    skew = estimate_skew(page)
    paper, perspective = NO_PERSPECTIVE, NO_PERSPECTIVE
    if whole and crop.quad is not None:
        paper = perspective_of_quad(np.array(crop.quad), crop.confidence)
    if not skew.parallel:
        perspective = estimate_perspective(page, skew.angle_deg, paper.moved(-x0, -y0)).moved(x0, y0)
    if perspective.matrix is None and skew.method != "rulings":
        perspective = paper
    if perspective.matrix is None:
        if skew.method == "none" and whole and crop.turn_deg is not None:
            skew = SkewEstimate(crop.turn_deg, _BY_OUTLINE * crop.confidence, "outline")
        return skew, perspective
    angle = turn_at_middle(np.asarray(perspective.matrix), (x0 + x1, y0 + y1))
    return SkewEstimate(angle, perspective.confidence, perspective.method), perspective


def _box_round(outline: Points) -> tuple[int, int, int, int]:
    low, high = np.floor(outline.min(axis=0)), np.ceil(outline.max(axis=0))
    return int(low[0]), int(low[1]), int(high[0]), int(high[1])
