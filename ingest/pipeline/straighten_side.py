"""Straighten one page of a spread, which may lie on its side or its head in the frame."""

import numpy as np
from numpy.typing import NDArray

from imaging.arrays import Gray
from imaging.half_side import HalfSide
from imaging.orientation import Quarter
from ingest.ocr.port import Recogniser
from ingest.pipeline.straighten_page import StraightPage, straighten_page
from ingest.pipeline.tell_upright import tell_upright

_WAYS: tuple[HalfSide | None, ...] = (None, "right", "left")


def straighten_side(
    pixels: NDArray[np.uint8],
    side: HalfSide | None,
    recogniser: Recogniser,
    *,
    gray: Gray | None = None,
) -> StraightPage:
    """Straighten a master's pixels (H × W × 3), or the side of them that is asked for; see `straighten_page`.

    Which half of a spread is its right page cannot be told before it is known how the spread lies. Both sides
    are told by the same look, so that never both are given one half.
    """
    if side is None:
        return straighten_page(pixels, gray=gray)
    return straighten_page(pixels, side=side, turned=_turned(pixels, recogniser, gray), gray=gray)


def _turned(pixels: NDArray[np.uint8], recogniser: Recogniser, gray: Gray | None) -> Quarter:
    """Return how a spread lies, by the first that tells: all of it, or either half; 0 where none does."""
    for side in _WAYS:
        told = tell_upright(straighten_page(pixels, side=side, gray=gray), recogniser)
        if told.method != "none":
            return told.turned_deg
    return 0
