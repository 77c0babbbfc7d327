"""Take seals out of a page, so that one over a name does not hide it; red writing and red rules stay."""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import ArrayLike, NDArray

from imaging.levels import count_levels, percentile
from imaging.surroundings import wide_surroundings
from ingest.layout.find_seals import Box, RedInk, find_seals
from ingest.layout.lift_ink import lift_ink
from ingest.layout.marked_rows import marked_rows

Mask = NDArray[np.uint8]

RED_OVER_PAPER = 28
"""How much redder than the paper round it a pixel must be (8-bit levels, R − G) to be red ink."""

EDGE = 4
"""A seal's ink reaches so many pixels beyond the box of what is plainly red."""

LETS_RED_THROUGH = 0.52
"""Red ink lets through this share of the paper's red at least; brown print is darker."""


@dataclass(frozen=True, slots=True)
class SealFree:
    """A page as grey without its seals, their boxes, and where red ink was (255) in masks of the same size.

    `red` is all red ink, seals with it; `written` is what of it is writing or ruling, and stays in `gray`.
    `strokes` is where strokes cancel an entry (a little more than their ink): nothing ruled is to be sought
    there. It is None where there are none.
    """

    gray: Mask
    red: Mask
    written: Mask
    strokes: Mask | None = None
    seals: tuple[Box, ...] = ()


def separate_seals(rgb: NDArray[np.uint8]) -> SealFree:
    """Return the page (H × W × 3) as grey in which a seal's ink is nearly as light as the paper.

    Red ink reflects red light almost as paper does, so the red channel shows black strokes under a seal;
    the mask comes from what is redder than its surroundings, so that brown paper and stains are not taken
    for ink. Red writing is as dark in the green channel as black writing is, and is taken from there.
    """
    red, green = (_bytes(cv2.extractChannel(rgb, channel)) for channel in (0, 1))
    excess = _bytes(cv2.subtract(red, green))
    redder = cv2.subtract(excess, wide_surroundings(excess), excess)
    mask = _bytes(cv2.threshold(redder, RED_OVER_PAPER, 255, cv2.THRESH_BINARY, redder)[1])
    bright = LETS_RED_THROUGH * percentile(count_levels(red[::8, ::8]), 50)
    lit = cv2.threshold(red, bright, 255, cv2.THRESH_BINARY)[1]
    mask = _bytes(cv2.bitwise_and(mask, lit, mask))
    found = find_seals(mask)
    gray = lift_ink(red, green, mask, _sealed(found, mask), found.strokes)
    rows = marked_rows(found.written, 1)
    if rows.stop:
        near = cv2.subtract(_widened(found.written[rows]), found.strokes[rows])
        cv2.copyTo(cv2.min(gray[rows], green[rows]), near, gray[rows])
    struck = cv2.countNonZero(found.strokes) > 0
    return SealFree(gray, mask, found.written, found.strokes if struck else None, found.seals)


def _sealed(found: RedInk, mask: Mask) -> Mask:
    """Mark the places of seals, and other red ink that is no writing."""
    rows = marked_rows(mask, 1)
    sealed = np.zeros_like(mask)
    if rows.stop:
        sealed[rows] = _widened(_bytes(cv2.subtract(mask[rows], found.written[rows])))
    for x0, y0, x1, y1 in found.seals:
        sealed[max(0, y0 - EDGE) : y1 + EDGE, max(0, x0 - EDGE) : x1 + EDGE] = 255
    return sealed


def _widened(mask: Mask) -> Mask:
    return _bytes(cv2.dilate(mask, np.ones((3, 3), np.uint8)))


def _bytes(pixels: ArrayLike) -> Mask:
    return np.asarray(pixels, dtype=np.uint8)
