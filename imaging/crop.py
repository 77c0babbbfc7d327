"""Find the page on the ground it was photographed on, by colour; when unsure nothing is cut."""

from dataclasses import dataclass
from functools import reduce
from typing import Literal

import cv2
import numpy as np
from numpy.typing import NDArray

from imaging.arrays import Box, Gray, Pixels, Points
from imaging.page_sides import Side, page_sides, quad_of, turn_of_quad
from imaging.skew.evidence import shrink

Colours = NDArray[np.float32]

_LONGEST = 880
_CHROMA = 2.0  # a step of colour counts as much as so many of brightness
_WEIGHTS = np.array([1.0, _CHROMA, _CHROMA, 0.0])
_LEAST_CONTRAST = 30.0  # grey levels (or as much colour) between page and ground
_SAME_GROUND = 12.0
_LEAST_RIM = 0.04  # of a side's rim that must show ground
_LEAST_AREA, _MOST_AREA = 0.15, 0.995  # of the frame
_ROOM = 2  # small pixels
_LEAST_RECTANGLE = 0.85  # of its smallest (turned) rectangle that the page must fill


@dataclass(frozen=True)
class CropEstimate:
    """The page's upright bounding box in pixels, and whether a ground was told from it.

    `outline` holds the corners of the convex shape round the page, `quad` its four corners (clockwise from
    the top left) where all four sides are seen and straight; both in the frame's pixels, None if unsure.
    """

    box: Box
    confidence: float
    method: Literal["ground", "whole"]
    outline: tuple[tuple[float, float], ...] | None = None
    quad: tuple[tuple[float, float], ...] | None = None

    @property
    def turn_deg(self) -> float | None:
        """How far the four sides of the page are turned, positive counter-clockwise; None where not all are
        seen."""
        return None if self.quad is None else turn_of_quad(np.array(self.quad))


def estimate_crop(pixels: Pixels | Gray) -> CropEstimate:
    """Return the box of the page (grey or RGB) on a darker, brighter or coloured ground, or the whole frame.

    A side where the page does not end in a sharp straight edge is not cut: a shadow or a stain has none.
    """
    height, width = pixels.shape[:2]
    whole = CropEstimate((0, 0, width, height), 0.0, "whole")
    if min(height, width) < 64:
        return whole
    small = shrink(pixels, _LONGEST)
    colours = _colours(small)
    paper = _paper(colours)
    grounds = _grounds(colours, paper)
    if not grounds:
        return whole
    likeness = _likeness(colours, paper, grounds)
    shape = _largest(likeness)
    if shape is None:
        return whole
    sides = page_sides(shape, likeness)
    contrast = min(float(_apart(ground, paper)) for ground in grounds)
    confidence = min(1.0, contrast / 80) * float(
        np.mean([side.sharp for side in sides if not side.frame] or [0])
    )
    return _estimate(shape, sides, confidence, likeness.shape, (height, width))


def _estimate(
    shape: NDArray[np.int32],
    sides: tuple[Side, ...],
    confidence: float,
    small: tuple[int, ...],
    full: tuple[int, int],
) -> CropEstimate:
    height, width = full
    factor = np.array([width // small[1], height // small[0]], dtype=np.float64)
    x, y, wide, high = cv2.boundingRect(shape)
    # A little more than was seen, or an edge between two small pixels and the corners would be cut through.
    low, high_ = np.array([x, y]) - _ROOM, np.array([x + wide, y + high]) + _ROOM
    low, high_ = low * factor, high_ * factor
    left, top, right, bottom = (side.frame or not side.sure for side in sides)
    x0, y0 = 0 if left else max(0, int(low[0])), 0 if top else max(0, int(low[1]))
    x1 = width if right else min(width, int(high_[0]))
    y1 = height if bottom else min(height, int(high_[1]))
    box = (x0, y0, x1, y1)
    if not any(side.sure for side in sides):
        return CropEstimate((0, 0, width, height), 0.0, "whole")
    if not all(side.frame or side.sure for side in sides):
        kept = box == (0, 0, width, height)
        return CropEstimate(box, 0.0, "whole") if kept else CropEstimate(box, confidence, "ground")
    hull = cv2.convexHull(shape)[:, 0] + 0.5
    away = hull + _ROOM * np.sign(hull - hull.mean(axis=0))
    outline = np.clip(away * factor, 0, [width, height])
    quad = quad_of(sides)
    corners = None if quad is None else _pairs((quad + 0.5) * factor)
    return CropEstimate(box, confidence, "ground", _pairs(outline), corners)


def _pairs(points: Points) -> tuple[tuple[float, float], ...]:
    return tuple((float(x), float(y)) for x, y in points)


def _colours(small: Pixels | Gray) -> Colours:
    """Return H×W×3 colours in which equal distances look about equally far apart."""
    soft = cv2.medianBlur(small, 5)
    rgb = cv2.cvtColor(soft, cv2.COLOR_GRAY2RGB) if soft.ndim == 2 else soft
    lab = cv2.cvtColor(rgb, cv2.COLOR_RGB2LAB)
    return np.asarray(cv2.multiply(lab, _WEIGHTS, dtype=cv2.CV_32F), dtype=np.float32)


def _paper(colours: Colours) -> NDArray[np.float32]:
    """Return the colour of the paper: the brighter part of the frame's middle, where writing is little."""
    height, width = colours.shape[:2]
    middle = colours[height // 4 : -(height // 4), width // 4 : -(width // 4)].reshape(-1, 3)[::7]
    level = np.percentile(middle[:, 0], (50, 90))
    bright = middle[(middle[:, 0] >= level[0]) & (middle[:, 0] <= level[1])]
    return np.asarray(np.median(bright, axis=0), dtype=np.float32)


def _grounds(colours: Colours, paper: NDArray[np.float32]) -> list[NDArray[np.float32]]:
    """Return the colours of the ground on each side whose rim shows some."""
    rim = max(2, min(colours.shape[:2]) // 200)
    sides = (colours[:rim], colours[-rim:], colours[:, :rim], colours[:, -rim:])
    found: list[NDArray[np.float32]] = []
    for side in sides:
        pixels = side.reshape(-1, 3)
        far = pixels[_apart(pixels, paper) >= _LEAST_CONTRAST]
        if len(far) < _LEAST_RIM * len(pixels):
            continue
        ground = np.asarray(np.median(far, axis=0), dtype=np.float32)
        if all(_apart(ground, other) >= _SAME_GROUND for other in found):
            found.append(ground)
    return found


def _apart(colours: Colours, colour: NDArray[np.float32]) -> NDArray[np.float32]:
    away = colours - colour
    return np.asarray(np.sqrt(np.einsum("...k,...k->...", away, away)), dtype=np.float32)


def _likeness(
    colours: Colours, paper: NDArray[np.float32], grounds: list[NDArray[np.float32]]
) -> NDArray[np.float32]:
    """Return how much each pixel looks like ground: 0 like paper, 1 like a ground."""
    to_paper = _everywhere_apart(colours, paper)
    to_ground = reduce(np.minimum, [_everywhere_apart(colours, ground) for ground in grounds])
    return np.asarray(to_paper / (to_paper + to_ground + 1e-3), dtype=np.float32)


def _everywhere_apart(colours: Colours, colour: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return the same as `_apart` for a whole picture (H×W×3), in a third of the time."""
    away = cv2.subtract(colours, np.array([*colour, 0.0]))
    squares = cv2.transform(cv2.multiply(away, away), np.ones((1, 3), np.float32))
    return np.asarray(cv2.sqrt(squares), dtype=np.float32)


def _largest(likeness: NDArray[np.float32]) -> NDArray[np.int32] | None:
    """Return the outline (N×1×2) of the largest part that is page, its writing and rulings closed over; None
    if it is no rectangle.
    """
    size = max(3, min(likeness.shape) // 60) | 1
    kernel = np.ones((size, size), np.uint8)
    mask = np.pad((likeness < 0.5).astype(np.uint8), 2 * size)
    closed = cv2.morphologyEx(mask, cv2.MORPH_CLOSE, kernel)
    opened = cv2.morphologyEx(closed, cv2.MORPH_OPEN, kernel)
    contours, _ = cv2.findContours(
        opened, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE, offset=(-2 * size, -2 * size)
    )
    if not contours:
        return None
    shape = max(contours, key=cv2.contourArea)
    area = cv2.contourArea(shape)
    _, (wide, high), _ = cv2.minAreaRect(shape)
    if not _LEAST_AREA <= area / likeness.size <= _MOST_AREA or area < _LEAST_RECTANGLE * wide * high:
        return None
    return np.asarray(shape, dtype=np.int32)
