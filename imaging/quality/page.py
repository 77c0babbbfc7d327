"""What every check is handed: the page, measured once."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from imaging.arrays import Box, Gray
from imaging.crop import CropEstimate
from imaging.quality.thresholds import Thresholds
from imaging.skew import SkewEstimate

_TILE = 384
_TILES = 5


@dataclass(frozen=True, eq=False)
class QualityInput:
    """A page (H×W uint8), its stated ppi, skew and crop, the grey of paper and ink within the crop."""

    gray: Gray
    ppi: float | None
    skew: SkewEstimate
    crop: CropEstimate
    paper: float
    ink: float
    thresholds: Thresholds

    def page(self) -> Gray:
        """Return the page within its crop."""
        x0, y0, x1, y1 = self.crop.box
        return self.gray[y0:y1, x0:x1]

    def tiles(self) -> Iterator[tuple[Box, Gray]]:
        """Yield samples at full resolution, spread evenly over the page, with their boxes."""
        x0, y0, x1, y1 = self.crop.box
        for y in _starts(y0, y1):
            for x in _starts(x0, x1):
                box = (x, y, min(x + _TILE, x1), min(y + _TILE, y1))
                yield box, self.gray[box[1] : box[3], box[0] : box[2]]


def measure(
    gray: Gray, ppi: float | None, skew: SkewEstimate, crop: CropEstimate, thresholds: Thresholds
) -> QualityInput:
    """Return the page with its paper and ink levels measured."""
    x0, y0, x1, y1 = crop.box
    paper, ink = np.percentile(gray[y0:y1:4, x0:x1:4], (75, 0.5))
    return QualityInput(gray, ppi, skew, crop, float(paper), float(ink), thresholds)


def _starts(low: int, high: int) -> list[int]:
    room = high - low - _TILE
    if room <= 0:
        return [low]
    count = min(_TILES, 1 + -(-room // _TILE))
    return [int(start) for start in np.linspace(low, low + room, count)]
