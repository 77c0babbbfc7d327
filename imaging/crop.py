"""Find the page on the ground it was photographed on."""

from dataclasses import dataclass
from typing import Literal

import cv2
import numpy as np

from imaging.arrays import Box, Gray
from imaging.skew.evidence import shrink

_LONGEST = 880
_LEAST_CONTRAST = 30.0  # grey levels between page and ground
_LEAST_AREA, _MOST_AREA = 0.15, 0.985  # of the frame
_LEAST_RECTANGLE = 0.85  # of its smallest (turned) rectangle that the page must fill


@dataclass(frozen=True)
class CropEstimate:
    """The page's upright bounding box in pixels, and whether a ground was told from it."""

    box: Box
    confidence: float
    method: Literal["ground", "whole"]


def estimate_crop(gray: Gray) -> CropEstimate:
    """Return the box of the page (H×W uint8) on a darker or brighter ground; the whole frame when unsure."""
    height, width = gray.shape
    whole = CropEstimate((0, 0, width, height), 0.0, "whole")
    if min(gray.shape) < 64:
        return whole
    small = np.asarray(cv2.medianBlur(shrink(gray, _LONGEST), 5), dtype=np.uint8)
    paper, ground = _levels(small)
    contrast = abs(paper - ground)
    if contrast < _LEAST_CONTRAST:
        return whole
    found = _largest(_mask(small, paper, ground))
    if found is None:
        return whole
    box, share, filled = found
    if not _LEAST_AREA <= share <= _MOST_AREA or filled < _LEAST_RECTANGLE:
        return whole
    confidence = min(1.0, contrast / 80) * filled
    return CropEstimate(_scaled(box, small.shape, gray.shape), confidence, "ground")


def _levels(small: Gray) -> tuple[float, float]:
    """Return the grey of the paper (middle of the frame) and of the ground (the side least like it)."""
    height, width = small.shape
    middle = small[height // 4 : -(height // 4), width // 4 : -(width // 4)]
    paper = float(np.percentile(middle, 70))
    rim = max(2, min(small.shape) // 100)
    sides = [small[:rim], small[-rim:], small[:, :rim], small[:, -rim:]]
    levels = [float(np.median(side)) for side in sides]
    return paper, max(levels, key=lambda level: abs(level - paper))


def _mask(small: Gray, paper: float, ground: float) -> Gray:
    """Return 255 where the page is, its writing and rulings closed over."""
    middle = (paper + ground) / 2
    page = (small > middle) if paper > ground else (small < middle)
    mask = page.astype(np.uint8) * 255
    size = max(3, min(small.shape) // 60)
    kernel = np.ones((size, size), np.uint8)
    closed = cv2.morphologyEx(mask, cv2.MORPH_CLOSE, kernel)
    return np.asarray(cv2.morphologyEx(closed, cv2.MORPH_OPEN, kernel), dtype=np.uint8)


def _largest(mask: Gray) -> tuple[Box, float, float] | None:
    """Return the largest part's box, its share of the frame, and its share of its own smallest rectangle."""
    contours, _ = cv2.findContours(mask, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    if not contours:
        return None
    outline = max(contours, key=cv2.contourArea)
    area = cv2.contourArea(outline)
    (_, (wide, high), _) = cv2.minAreaRect(outline)
    x, y, width, height = cv2.boundingRect(outline)
    return (x, y, x + width, y + height), area / mask.size, area / max(wide * high, 1.0)


def _scaled(box: Box, small: tuple[int, ...], full: tuple[int, ...]) -> Box:
    factor = np.array([full[1] // small[1], full[0] // small[0]] * 2)
    x0, y0, x1, y1 = (int(value) for value in np.asarray(box) * factor)
    # A box that reaches the small image's end reaches the page's: shrinking dropped the last odd pixels.
    x1 = full[1] if box[2] == small[1] else x1
    y1 = full[0] if box[3] == small[0] else y1
    return x0, y0, x1, y1
