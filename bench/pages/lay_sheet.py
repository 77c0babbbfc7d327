"""Lays the upright sheet under the camera: bent, aslant, turned, with ground about it."""

from dataclasses import dataclass, replace
from functools import cached_property

import cv2
import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from bench.pages.bend_sheet import Bow, Points
from bench.pages.geometry import Box, Matrix, Quad, turn_matrix
from bench.pages.ink_glyphs import Layer

STEP = 8
A_SIDE = np.linspace(0, 1, 9)


@dataclass(frozen=True)
class Lie:
    """The way from the upright sheet to the file: `bow`, then `matrix` (3×3), then `quarters`
    counter-clockwise.

    `size` is the sheet's (width, height), `taken` that of the picture before the quarter turns; `shift` is
    where on the sheet, from its left edge, the page begins whose points are asked for: a spread is one
    sheet with two pages.
    """

    size: tuple[int, int]
    taken: tuple[int, int]
    matrix: Matrix
    bow: Bow | None
    quarters: int = 0
    shift: float = 0.0

    @property
    def file_size(self) -> tuple[int, int]:
        """Width and height of the file."""
        return self.taken if self.quarters % 2 == 0 else (self.taken[1], self.taken[0])

    def points(self, x: Points, y: Points) -> Points:
        """Return where points of the page lie in the file, N×2."""
        x = x + self.shift
        x, y = (x, y) if self.bow is None else self.bow.bend(x, y)
        mapped = self.matrix @ np.stack([x, y, np.ones_like(x)])
        u, v = mapped[0] / mapped[2], mapped[1] / mapped[2]
        width, height = self.taken
        for _ in range(self.quarters):
            u, v, width, height = v, width - 1 - u, height, width
        return np.stack([u, v], axis=1)

    def quad(self, box: Box) -> Quad:
        """Return where the corners of a box lie: its top left, top right, bottom right, bottom left."""
        xs, ys = np.array([box.x0, box.x1, box.x1, box.x0]), np.array([box.y0, box.y0, box.y1, box.y1])
        return tuple((round(float(x), 2), round(float(y), 2)) for x, y in self.points(xs, ys))

    def outline(self, box: Box) -> Points:
        """Return points all along the edge of a box where they lie in the file, N×2."""
        across, down = box.x0 + A_SIDE * box.width, box.y0 + A_SIDE * box.height
        xs = np.concatenate([across, np.full_like(down, box.x1), across[::-1], np.full_like(down, box.x0)])
        ys = np.concatenate([np.full_like(across, box.y0), down, np.full_like(across, box.y1), down[::-1]])
        return self.points(xs, ys)

    def bounds(self, box: Box) -> Box:
        """Return the upright box in the file that holds a box of the sheet."""
        outline = self.outline(box)
        (x0, y0), (x1, y1) = outline.min(axis=0), outline.max(axis=0)
        return Box(float(x0), float(y0), float(x1), float(y1))

    def lay(self, layer: Layer) -> Layer:
        """Return a layer of the sheet as the camera sees it, before the quarter turns; nought outside the
        sheet.
        """
        if self.bow is None and np.allclose(self.matrix[2], (0, 0, 1)):
            seen = cv2.warpAffine(layer, self.matrix[:2], self.taken, flags=cv2.INTER_CUBIC)
        else:
            seen = cv2.remap(layer, *self._maps, interpolation=cv2.INTER_CUBIC)
        return np.asarray(seen, dtype=np.uint8)

    def unturned(self) -> "Lie":
        """Return the way to the picture before the quarter turns."""
        return replace(self, quarters=0, shift=0.0)

    @cached_property
    def _maps(self) -> tuple[NDArray[np.int16], NDArray[np.uint16]]:
        """Where each pixel comes from, found on a coarse grid: the way bends slowly."""
        width, height = self.taken
        grid = np.mgrid[: height // STEP + 1, : width // STEP + 1].astype(np.float64)
        v, u = (grid + 0.5) * STEP - 0.5
        back = np.linalg.inv(self.matrix) @ np.stack([u.ravel(), v.ravel(), np.ones(u.size)])
        x, y = back[0] / back[2], back[1] / back[2]
        x, y = (x, y) if self.bow is None else self.bow.flatten(x, y)
        whole = ((grid.shape[2]) * STEP, grid.shape[1] * STEP)
        from_x, from_y = (
            cv2.resize(one.reshape(u.shape).astype(np.float32), whole)[:height, :width] for one in (x, y)
        )
        coarse, fraction = cv2.convertMaps(from_x, from_y, cv2.CV_16SC2)
        return np.asarray(coarse, np.int16), np.asarray(fraction, np.uint16)


def lay_sheet(
    size: tuple[int, int],
    degrees: float,
    slant: tuple[float, float],
    bow: Bow | None,
    border: int = 0,
    quarters: int = 0,
) -> Lie:
    """Return how a sheet of this width and height lies: turned by so many degrees about its middle,
    counter-clockwise as seen, its right and its lower edge so much nearer to the camera (`slant`, shares),
    with a border of ground.

    The slant does not turn the middle of the sheet, so the skew is the turn.
    """
    width, height = size
    middle_x, middle_y = (width - 1) / 2, (height - 1) / 2
    to_middle = np.array([[1, 0, -middle_x], [0, 1, -middle_y], [0, 0, 1.0]])
    aslant = np.array([[1, 0, 0], [0, 1, 0], [slant[0] / width, slant[1] / height, 1.0]])
    turned = np.vstack([turn_matrix(width, height, degrees), (0, 0, 1.0)])
    shifted = np.array([[1, 0, border], [0, 1, border], [0, 0, 1.0]])
    matrix = shifted @ turned @ np.linalg.inv(to_middle) @ aslant @ to_middle
    return Lie(size, (width + 2 * border, height + 2 * border), matrix, bow, quarters % 4)


def draw_slant(most: float, rng: Generator) -> tuple[float, float]:
    """Return by how much the right and the lower edge lie nearer, up to `most` either way."""
    right, lower = rng.uniform(-1, 1, 2) * most
    return float(right), float(lower)
