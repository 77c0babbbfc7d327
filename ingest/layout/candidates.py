"""Lines that may bound cells: those of one direction, with what is dark along them."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

import cv2
import numpy as np
from numpy.typing import NDArray

from ingest.layout.rulings import Ruling
from ingest.layout.runs_straight import runs_straight

LONG, LEAST_LONG = 0.22, 0.06
"""A line whose longest stretch is this share of its table is believed, if it is also this share of the page's
longer side; brush strokes in a row do not reach so far."""
BROKEN_LONG = 0.4
"""So is one whose stretches together are this share."""
PLAIN = 0.5
"""One that is not this long must not look like a row of glyphs."""


@dataclass(frozen=True, slots=True)
class Candidates:
    """The lines of one direction, with their ridges turned so that the lines run along axis 1."""

    lines: tuple[Ruling, ...]
    ridges: NDArray[np.uint8]
    marks: NDArray[np.uint8]
    gray: NDArray[np.uint8]
    scale: float
    long: float
    _judged: dict[Ruling, bool] = field(default_factory=dict)

    @property
    def page(self) -> float:
        """The page's longer side, in its own pixels."""
        return float(max(self.gray.shape)) / self.scale

    def believed(self) -> tuple[Ruling, ...]:
        """Give the lines that are long enough."""
        return tuple(line for line in self.lines if self.believes(line))

    def believes(self, line: Ruling) -> bool:
        """Whether a line is one by its length alone, or by all its stretches where it is broken or dashed."""
        table = self.long / LONG
        if line.longest >= PLAIN * table:
            return True
        enough = line.longest >= self.long or line.inked >= BROKEN_LONG * table
        return enough and self.runs_straight(line)

    def runs_straight(self, line: Ruling) -> bool:
        """Whether the longest stretch of a line looks ruled, and not like glyphs one below another."""
        if line not in self._judged:
            start, end = (self.scale * end for end in line.longest_stretch)
            self._judged[line] = runs_straight(self.gray, line.position * self.scale, start, end)
        return self._judged[line]

    def spans(self, across: Sequence[Ruling]) -> list[slice]:
        """Give where lines run between neighbours of those that cross them, in working pixels."""
        return [
            slice(round(start.high * self.scale) + 2, max(1, round(end.low * self.scale) - 1))
            for start, end in pairwise(across)
        ]

    def band(self, line: Ruling) -> slice:
        """Give the rows that a line takes up, in working pixels."""
        return slice(max(0, int(line.low * self.scale) - 1), int(line.high * self.scale) + 2)

    def shares(self, band: slice, edges: Sequence[slice]) -> list[float]:
        """Give the share of each edge that is dark, along that row of pixels where it is darkest."""
        inked = self.ridges[band]
        return [_darkest_share(inked[:, edge]) for edge in edges]


def _darkest_share(edge: NDArray[np.uint8]) -> float:
    if not edge.size:
        return 0.0
    dark = cv2.reduce(edge, 1, cv2.REDUCE_SUM, dtype=cv2.CV_32S)
    return float(dark.max() / (255 * edge.shape[1]))
