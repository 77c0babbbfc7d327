"""Take red ink, seals and cancelling strokes, off the writing it covers, and off the page whose rules are
sought."""

import cv2
import numpy as np
from numpy.typing import NDArray

from imaging.surroundings import wide_surroundings
from ingest.layout.marked_rows import marked_rows

Mask = NDArray[np.uint8]
Levels = NDArray[np.float32]

SPREAD = 3
"""Colour is looked at over so many pixels each way: a camera keeps it coarser than light and dark."""
LEAST_SHARE, USUAL_SHARE, MOST_SHARE = 0.1, 0.3, 0.6
"""What a red ink takes of the red light, as a share of what it takes of the green: bounds, and where nothing
is seen of the ink by itself."""
CLEAR = 0.3
"""So large a share of the ink's own pixels has black under it at most; the others show the ink itself."""


def lift_ink(red: Mask, green: Mask, mask: Mask, *places: Mask) -> Mask:
    """Return a page's red light (H × W) as it was before red ink came over it.

    `green` is its green light, `mask` where it is plainly red, `places` where ink is to be lifted, one mask
    for each kind of ink. Ink on ink lets through the product of what each lets through, and black takes as
    much of the green as of the red: so the two together tell at each pixel how much red ink lies on it, and
    what that takes is given back.
    """
    lifted = red.copy()
    inked = [(on, own) for on in map(_marked, places) if (own := on[mask.ravel()[on] > 0]).size]
    if not inked:
        return lifted
    papers = wide_surroundings(red), wide_surroundings(green)
    first, last = min(on[0] for on, _ in inked), max(on[-1] for on, _ in inked)
    soft = tuple(_soft_between(plane, int(first), int(last)) for plane in (red, green))
    for on, own in inked:
        share = _share_of_red(_seen(red, papers[0], own), _seen(green, papers[1], own))
        through = _let_through(
            _seen(soft[0], papers[0], on) / _levels(_seen(soft[1], papers[1], on), 0.01), share
        )
        sharp = red.ravel()[on]
        lifted.ravel()[on] = np.maximum(sharp, np.minimum(sharp / through, papers[0].ravel()[on]))
    return lifted


def _marked(place: Mask) -> NDArray[np.intp]:
    """List the pixels that a mask marks, as numpy.flatnonzero does."""
    rows = marked_rows(place)
    marked = np.flatnonzero(place[rows] > 0) + rows.start * place.shape[1]
    return np.asarray(marked, dtype=np.intp)


def _soft_between(plane: Mask, first: int, last: int) -> Mask:
    """Soften those rows of a plane that hold its pixels from the first to the last; the others stay unset."""
    height, width = plane.shape
    top, bottom = first // width, last // width + 1
    above, below = min(top, SPREAD), min(height - bottom, SPREAD)
    soft = np.empty_like(plane)
    blurred = cv2.blur(plane[top - above : bottom + below], (SPREAD, SPREAD))
    soft[top:bottom] = blurred[above : above + bottom - top]
    return soft


def _seen(plane: Mask, paper: Mask, at: NDArray[np.intp]) -> Levels:
    """Give what shares of the paper's light are seen at some pixels."""
    return np.asarray(plane.ravel()[at] / _levels(paper.ravel()[at]), dtype=np.float32)


def _let_through(redness: Levels, share: float) -> Levels:
    """Tell what share of the red light red ink lets through where red stands so many times above green.

    Ink that covers c of a pixel lets 1 − c·r of the red and 1 − c·g of the green through; r is `share` of g.
    """
    least = np.maximum(1, redness)
    return np.asarray(least * (1 - share) / (least - share), dtype=np.float32)


def _share_of_red(red: Levels, green: Levels) -> float:
    """Tell what the ink takes of the red as a share of what it takes of the green, from its own pixels."""
    if not red.size:
        return USUAL_SHARE
    clear = red >= np.quantile(red, CLEAR)
    taken_red, taken_green = 1 - float(np.median(red[clear])), 1 - float(np.median(green[clear]))
    return min(MOST_SHARE, max(LEAST_SHARE, taken_red / max(0.05, taken_green)))


def _levels(values: NDArray[np.generic], least: float = 1.0) -> Levels:
    return np.maximum(np.float32(least), values.astype(np.float32))


def painted_over(gray: Mask, strokes: Mask) -> Mask:
    """Return `gray` (H × W) with paper in place of all that lies where the strokes are."""
    return np.asarray(cv2.copyTo(wide_surroundings(gray), strokes, gray.copy()), dtype=np.uint8)
