"""Boxes, and where they come to lie when the sheet is turned."""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

Matrix = NDArray[np.float64]
Quad = tuple[tuple[float, float], ...]


@dataclass(frozen=True)
class Box:
    """An upright rectangle in pixels; x1 and y1 are outside."""

    x0: float
    y0: float
    x1: float
    y1: float

    @property
    def width(self) -> float:
        return self.x1 - self.x0

    @property
    def height(self) -> float:
        return self.y1 - self.y0

    def inset(self, by: float) -> "Box":
        """Return the box made smaller by so many pixels on every side."""
        return Box(self.x0 + by, self.y0 + by, self.x1 - by, self.y1 - by)

    def overlaps(self, other: "Box") -> bool:
        """Return whether the two share any area."""
        return self.x0 < other.x1 and other.x0 < self.x1 and self.y0 < other.y1 and other.y0 < self.y1

    def union(self, other: "Box") -> "Box":
        """Return the smallest box that holds both."""
        return Box(
            min(self.x0, other.x0), min(self.y0, other.y0), max(self.x1, other.x1), max(self.y1, other.y1)
        )

    def as_list(self) -> list[float]:
        """Return [x0, y0, x1, y1], rounded to a tenth of a pixel."""
        return [round(value, 1) for value in (self.x0, self.y0, self.x1, self.y1)]


def turn_matrix(width: int, height: int, degrees: float) -> Matrix:
    """Return the 2×3 matrix that turns a page about its middle, positive counter-clockwise as seen."""
    matrix = cv2.getRotationMatrix2D(((width - 1) / 2, (height - 1) / 2), degrees, 1.0)
    return np.asarray(matrix, dtype=np.float64)


def turn_box(box: Box, matrix: Matrix) -> Quad:
    """Return the four corners of a box after the turn: top left, top right, bottom right, bottom left."""
    corners = ((box.x0, box.y0), (box.x1, box.y0), (box.x1, box.y1), (box.x0, box.y1))
    turned = [matrix @ np.array([x, y, 1.0]) for x, y in corners]
    return tuple((round(float(x), 2), round(float(y), 2)) for x, y in turned)


def bounds(quad: Quad) -> Box:
    """Return the upright box round four corners."""
    xs, ys = [x for x, _ in quad], [y for _, y in quad]
    return Box(min(xs), min(ys), max(xs), max(ys))
