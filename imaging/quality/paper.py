"""The tone of the paper alone: writing and rulings closed over, at a quarter of the size or less."""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from imaging.arrays import Box, Gray
from imaging.crop import CropEstimate
from imaging.skew.evidence import shrink

_LONGEST = 880
_WIDEST_STROKE = 0.009  # of the longer side
_RIM = 0.006  # of the longer side: the sheet's own edge is no part of it
_SAMPLES, _LEAST_SEEN = 64, 16
_ENDS = 0.08  # of a side, where another side may be met


@dataclass(frozen=True, eq=False)
class Paper:
    """The paper's tone (H×W uint8), where it is sheet (255) and not ground, and pixels of the page a pixel.

    `small` is the page itself at that size, averaged; `darkest` the darkest of what each pixel stands for, so
    that thin strokes keep their depth.
    """

    small: Gray
    darkest: Gray
    tone: Gray
    sheet: Gray
    factor: int

    def to_page(self, box: Box) -> Box:
        """Return a box of the map in pixels of the page."""
        x0, y0, x1, y1 = (edge * self.factor for edge in box)
        return x0, y0, x1, y1


def map_paper(gray: Gray, crop: CropEstimate, paper: float) -> Paper:
    """Return the paper's tone of a page (H×W uint8) of known crop and paper level."""
    small = shrink(gray, _LONGEST)
    factor = max(1, gray.shape[0] // max(1, small.shape[0]))
    size = max(3, round(_WIDEST_STROKE * max(small.shape)) | 1)
    closed = cv2.morphologyEx(cv2.medianBlur(small, 3), cv2.MORPH_CLOSE, np.ones((size, size), np.uint8))
    tone = np.asarray(closed, dtype=np.uint8)
    x0, y0, x1, y1 = (edge // factor for edge in crop.box)
    sheet = np.zeros_like(tone)
    sheet[y0:y1, x0:x1] = 255
    if crop.method == "ground" and min(tone.shape) > 4 * _SAMPLES // 2:
        sheet &= _between_sides(tone, paper)
    return Paper(small, _darkest(gray, factor, small.shape), tone, sheet, factor)


def _darkest(gray: Gray, factor: int, shape: tuple[int, ...]) -> Gray:
    rows = gray[: shape[0] * factor].reshape(shape[0], factor, -1).min(axis=1)
    eroded = cv2.erode(rows, np.ones((1, factor), np.uint8), anchor=(0, 0))
    return np.asarray(eroded[:, ::factor][:, : shape[1]], dtype=np.uint8)


def _between_sides(tone: Gray, paper: float) -> Gray:
    """Return 255 between the four straight sides of a sheet on a darker or brighter ground.

    A side is fitted to where most of its length lies, so that a finger, a folded corner or a corner out of
    the frame do not move it.
    """
    rim = np.concatenate([tone[0], tone[-1], tone[:, 0], tone[:, -1]]).astype(np.float32)
    ground = float(rim[np.argmax(np.abs(rim - paper))])
    levels = np.arange(256, dtype=np.float32)
    paperlike = np.abs(levels - np.float32(paper)) < np.abs(levels - np.float32(ground))
    sheet = np.asarray(cv2.LUT(tone, paperlike.astype(np.uint8)), dtype=np.bool_)
    inside = np.full(tone.shape, 255, np.uint8)
    margin = _RIM * max(tone.shape)
    for mask, cut in (
        (sheet, inside),
        (sheet[::-1], inside[::-1]),
        (sheet.T, inside.T),
        (sheet.T[::-1], inside.T[::-1]),
    ):
        slope, start = _side(mask)
        ends = slope * np.arange(mask.shape[1], dtype=np.float32) + start + margin
        strip = cut[: max(0, int(ends.max()) + 1)]
        strip[np.arange(len(strip), dtype=np.float32)[:, None] < ends] = 0
    return inside


def _side(mask: NDArray[np.bool_]) -> tuple[float, float]:
    """Return slope and start of the line at which a sheet begins, seen from row 0 (Theil and Sen's way)."""
    width = mask.shape[1]
    places = np.linspace(_ENDS * width, (1 - _ENDS) * width - 1, _SAMPLES).astype(int)
    depths = np.argmax(mask[:, places], axis=0).astype(np.float32)
    seen = depths > 0
    if np.count_nonzero(seen) < _LEAST_SEEN:
        return 0.0, 0.0
    # Where the sheet runs out of the frame its side is not to be seen.
    places, depths = places[seen], depths[seen]
    half = len(places) // 2
    slope = float(np.median((depths[-half:] - depths[:half]) / (places[-half:] - places[:half])))
    return slope, float(np.median(depths - slope * places))
