"""What every check is handed: the page, measured once."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import cv2
import numpy as np

from imaging.arrays import Box, Gray, Pixels
from imaging.crop import CropEstimate, estimate_crop
from imaging.grey import to_grey
from imaging.levels import count_levels, percentile, percentiles
from imaging.quality.finding import Verdict
from imaging.quality.paper import Paper, map_paper
from imaging.quality.thresholds import Thresholds
from imaging.skew import SkewEstimate
from imaging.skew.evidence import shrink, stroke_mask
from imaging.spread import GutterEstimate

_TILE = 320
_TILES = 5
_LONGEST = 1760
_DARKEST, _OF_STROKES = 0.5, 0.25  # hundredths of the page that stand for its ink; at most, of its strokes


# No slots: what several checks need is measured once, by the first that asks.
@dataclass(frozen=True, eq=False)
class QualityInput:
    """A page (H×W uint8), its stated ppi, skew and crop, the grey of paper and ink within the crop.

    `chroma` is how far its colours are from grey, in levels, on average over the most coloured hundredth;
    `gutter` is what was found of it in a frame that is declared as two pages; None for one page.
    """

    gray: Gray
    ppi: float | None
    skew: SkewEstimate
    crop: CropEstimate
    paper: float
    ink: float
    chroma: float
    thresholds: Thresholds
    gutter: GutterEstimate | None = None

    def whole(self, verdict: Verdict) -> Box | None:
        """Return the box of the whole page, as the place of a fault that is all over it; None for none."""
        return None if verdict == "accept" else self.crop.box

    def page(self) -> Gray:
        """Return the page within its crop."""
        x0, y0, x1, y1 = self.crop.box
        return self.gray[y0:y1, x0:x1]

    def tiles(self, size: int = _TILE) -> Iterator[tuple[Box, Gray]]:
        """Yield samples of `size` pixels a side at full resolution, evenly over the page, with boxes."""
        x0, y0, x1, y1 = self.crop.box
        for y in _starts(y0, y1, size):
            for x in _starts(x0, x1, size):
                box = (x, y, min(x + size, x1), min(y + size, y1))
                yield box, self.gray[box[1] : box[3], box[0] : box[2]]

    @cached_property
    def stroke_share(self) -> float:
        """The share of the page that lies under strokes and rulings."""
        inside = stroke_mask(shrink(self.page(), _LONGEST))
        return float(np.count_nonzero(inside)) / max(1, inside.size)

    @property
    def turn(self) -> tuple[float, float]:
        """The page's turn in degrees, and how sure it is: by its content, or where that tells nothing by the
        paper's own sides."""
        if self.skew.method == "none" and self.crop.turn_deg is not None:
            return self.crop.turn_deg, self.crop.confidence
        return self.skew.angle_deg, self.skew.confidence

    @property
    def ppi_meant(self) -> float | None:
        """The stated ppi; None where none is, or where the sheet that it implies could lie in no register: a
        program wrote that by default, and nobody scanned at it."""
        limits = self.thresholds
        if not self.ppi or not limits.paper_least <= max(self.gray.shape) / self.ppi <= limits.paper_most:
            return None
        return self.ppi

    @property
    def seems_blank(self) -> bool:
        """Whether there is hardly a stroke on the page."""
        return self.stroke_share <= self.thresholds.ink_flag

    @cached_property
    def stroke_ink(self) -> float:
        """The grey of the ink also where strokes cover less than the hundredths that usually stand for it.

        Of a page that seems blank it is what is darkest: grain or stains.
        """
        if self.stroke_share < self.thresholds.ink_flag:
            return self.ink
        share = min(_DARKEST, 100 * _OF_STROKES * self.stroke_share)
        return min(self.ink, percentile(count_levels(self.page()[::2, ::2]), share))

    @cached_property
    def bare_paper(self) -> Paper:
        """The paper's tone without what is written on it."""
        return map_paper(self.gray, self.crop, self.paper)


def measure(
    pixels: Pixels,
    ppi: float | None,
    skew: SkewEstimate,
    crop: CropEstimate | None,
    thresholds: Thresholds,
    gutter: GutterEstimate | None = None,
    gray: Gray | None = None,
) -> QualityInput:
    """Return the page (grey or RGB) with its paper and ink levels and its colour measured."""
    gray = to_grey(pixels) if gray is None else gray
    crop = crop or estimate_crop(gray)
    x0, y0, x1, y1 = crop.box
    paper, ink = percentiles(count_levels(gray[y0:y1:4, x0:x1:4]), (75, _DARKEST))
    chroma = _chroma(pixels[y0:y1:8, x0:x1:8])
    return QualityInput(gray, ppi, skew, crop, float(paper), float(ink), chroma, thresholds, gutter)


def _chroma(sample: Pixels) -> float:
    if sample.ndim == 2:
        return 0.0
    red, green, blue = (np.ascontiguousarray(sample[:, :, light]) for light in range(3))
    lightest, darkest = cv2.max(cv2.max(red, green), blue), cv2.min(cv2.min(red, green), blue)
    spread = np.asarray(cv2.subtract(lightest, darkest)).ravel()
    most = max(1, spread.size // 100)
    return float(np.partition(spread, -most)[-most:].mean())


def _starts(low: int, high: int, size: int) -> list[int]:
    room = high - low - size
    if room <= 0:
        return [low]
    count = min(_TILES, 1 + -(-room // size))
    return [int(start) for start in np.linspace(low, low + room, count)]
