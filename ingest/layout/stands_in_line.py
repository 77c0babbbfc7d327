"""Tell whether a piece of red ink stands in a line of writing: like-sized ink is beside it, at one pitch."""

import numpy as np
from numpy.typing import NDArray

Boxes = NDArray[np.int32]
"""Left, top, right, bottom of a piece a row."""

REACH, OVERLAP = 1.9, 0.15
"""The next glyph of a line ends within so many sides of this one, and may reach so far into its place."""
ASIDE = 0.3
"""The next glyph reaches so far out of the line at most, in sides."""
LIKE, LEAST_ACROSS = (0.58, 1.5), 0.35
"""Some piece of the next glyph is as long as this share of the side, at least and at most; and all of it
together spans so much at least, the narrower way."""


def stands_in_line(box: tuple[int, int, int, int], pieces: Boxes) -> bool:
    """Tell whether, above, below, left or right of `box`, the other `pieces` hold a glyph of its size."""
    x0, y0, x1, y1 = box
    side = max(x1 - x0, y1 - y0)
    middle_x, middle_y = (x0 + x1) / 2, (y0 + y1) / 2
    half, near, far = (0.5 + ASIDE) * side, OVERLAP * side, REACH * side
    places = (
        (middle_x - half, y1 - near, middle_x + half, y1 + far),
        (middle_x - half, y0 - far, middle_x + half, y0 + near),
        (x1 - near, middle_y - half, x1 + far, middle_y + half),
        (x0 - far, middle_y - half, x0 + near, middle_y + half),
    )
    return any(_holds_glyph(place, pieces, side) for place in places)


def _holds_glyph(place: tuple[float, float, float, float], pieces: Boxes, side: int) -> bool:
    inside = (pieces[:, :2] >= place[:2]).all(axis=1) & (pieces[:, 2:] <= place[2:]).all(axis=1)
    found = pieces[inside]
    if not len(found):
        return False
    longest = int((found[:, 2:] - found[:, :2]).max())
    spans = found[:, 2:].max(axis=0) - found[:, :2].min(axis=0)
    return LIKE[0] * side <= longest <= LIKE[1] * side and float(spans.min()) >= LEAST_ACROSS * side
