"""Cover what may not be seen: opaque, so that nothing of what is below can be worked out."""

from collections.abc import Iterable
from math import ceil, floor

import numpy as np

from imaging.arrays import Pixels

_COVER = 128
_AnyBox = tuple[float, float, float, float]


def uncover(pixels: Pixels, boxes: Iterable[_AnyBox], colour: int = _COVER) -> Pixels:
    """Return pixels of one flat grey, but for the boxes (x0, y0, x1, y1), which show the page.

    A box that ends within a pixel does not show that pixel; one without area shows nothing.
    """
    covered = np.full_like(pixels, colour)
    for x0, y0, x1, y1 in boxes:
        rows = slice(max(0, ceil(y0)), max(0, floor(y1)))
        columns = slice(max(0, ceil(x0)), max(0, floor(x1)))
        covered[rows, columns] = pixels[rows, columns]
    return covered


def cover(pixels: Pixels, boxes: Iterable[_AnyBox], colour: int = _COVER) -> Pixels:
    """Return the pixels with boxes (x0, y0, x1, y1) under one flat grey, every pixel they touch included."""
    covered = pixels.copy()
    for x0, y0, x1, y1 in boxes:
        covered[max(0, floor(y0)) : max(0, ceil(y1)), max(0, floor(x0)) : max(0, ceil(x1))] = colour
    return covered
