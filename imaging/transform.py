"""The way from a master's pixels to its derivative's and back, and the warp that walks it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
from numpy.typing import ArrayLike, NDArray

from imaging.arrays import Box, Pixels, Points

Row = tuple[float, float, float]

# Beyond about 40 degrees a box's width and height can no longer be told apart.
_LEAST_TURNED = 0.2


@dataclass(frozen=True)
class PageTransform:
    """An affine map from master to derivative, with both sizes as (width, height) in pixels.

    Coordinates are continuous: (0, 0) is the outer corner of the first pixel, its centre is (0.5, 0.5).
    """

    matrix: tuple[Row, Row]
    master_size: tuple[int, int]
    derivative_size: tuple[int, int]

    def to_derivative(self, points: ArrayLike) -> Points:
        """Return N×2 master points as derivative points."""
        matrix = np.asarray(self.matrix)
        moved: Points = np.asarray(points, dtype=np.float64).reshape(-1, 2) @ matrix[:, :2].T + matrix[:, 2]
        return moved

    def to_master(self, points: ArrayLike) -> Points:
        """Return N×2 derivative points as master points."""
        matrix = np.asarray(self.matrix)
        moved = np.asarray(points, dtype=np.float64).reshape(-1, 2) - matrix[:, 2]
        back: Points = moved @ np.linalg.inv(matrix[:, :2]).T
        return back

    def box_to_master(self, box: Box) -> Box:
        """Return the smallest upright master box that holds a derivative box, within the master."""
        return _bounds(self.to_master(_corners(box)), self.master_size)

    def box_to_derivative(self, box: Box) -> Box:
        """Return the smallest upright derivative box that holds a master box, within the derivative."""
        return _bounds(self.to_derivative(_corners(box)), self.derivative_size)

    def upright_box(self, box: Box) -> Box:
        """Return the derivative box that `box_to_master` turned into this master box, within a pixel or two.

        `box_to_derivative` would widen it a second time by the skew and so take in its neighbours; a box that
        cannot have come from an upright one (cut off at the master's edge, say) is widened all the same.
        """
        x0, y0, x1, y1 = box
        scale = float(np.hypot(self.matrix[0][0], self.matrix[0][1]))
        cos, sin = abs(self.matrix[0][0]) / scale, abs(self.matrix[0][1]) / scale
        turned = cos * cos - sin * sin
        if turned < _LEAST_TURNED:
            return self.box_to_derivative(box)
        wide = ((x1 - x0) * cos - (y1 - y0) * sin) / turned * scale
        high = ((y1 - y0) * cos - (x1 - x0) * sin) / turned * scale
        if wide <= 0 or high <= 0:
            return self.box_to_derivative(box)
        middle = self.to_derivative([((x0 + x1) / 2, (y0 + y1) / 2)])
        half = np.array([wide / 2, high / 2])
        return _bounds(np.vstack([middle - half, middle + half]), self.derivative_size)

    def as_json(self) -> dict[str, Any]:
        """Return plain JSON types that `from_json` takes back without loss."""
        return {
            "matrix": [list(row) for row in self.matrix],
            "master_size": list(self.master_size),
            "derivative_size": list(self.derivative_size),
        }

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> "PageTransform":
        """Return the transform that `as_json` wrote.

        Raises: KeyError, TypeError or ValueError where the value is not such a transform.
        """
        rows = [(float(a), float(b), float(c)) for a, b, c in value["matrix"]]
        width, height = value["master_size"]
        wide, high = value["derivative_size"]
        first, second = rows
        return cls((first, second), (int(width), int(height)), (int(wide), int(high)))


def for_deskew(size: tuple[int, int], angle_deg: float, crop: Box | None = None) -> PageTransform:
    """Return the transform that turns a page upright and crops it, losing nothing of the crop box.

    `size` is the master's (width, height); `angle_deg` is the skew, positive counter-clockwise as seen;
    `crop` is a master box, the whole frame if None. The derivative holds the whole turned box.
    """
    x0, y0, x1, y1 = crop or (0, 0, *size)
    cos, sin = np.cos(np.radians(angle_deg)), np.sin(np.radians(angle_deg))
    turn = np.array([[cos, -sin], [sin, cos]])
    # A hair is taken off before rounding up, or an angle of 0 would grow the page by rounding error.
    wide, high = np.ceil(np.abs(turn) @ [x1 - x0, y1 - y0] - 1e-6).astype(int)
    shift = np.array([wide / 2, high / 2]) - turn @ [(x0 + x1) / 2, (y0 + y1) / 2]
    first, second = np.hstack([turn, shift[:, None]]).tolist()
    return PageTransform((tuple(first), tuple(second)), size, (int(wide), int(high)))


def warp(pixels: Pixels, transform: PageTransform, background: int = 255) -> Pixels:
    """Return the derivative of a master's pixels (grey or RGB); beyond the master lies `background` (0–255).

    Raises: ValueError where the pixels are not of the transform's master size.
    """
    height, width = pixels.shape[:2]
    if (width, height) != transform.master_size:
        raise ValueError(f"The transform is for {transform.master_size}, the pixels are {(width, height)}.")
    matrix = np.asarray(transform.matrix)
    # OpenCV puts whole numbers on pixel centres, half a pixel from the corners counted from here.
    centred = matrix.copy()
    centred[:, 2] += matrix[:, :2] @ [0.5, 0.5] - 0.5
    border = (float(background),) * 3
    warped = cv2.warpAffine(
        pixels, centred, transform.derivative_size, flags=cv2.INTER_CUBIC, borderValue=border
    )
    return np.asarray(warped, dtype=np.uint8)


def _corners(box: Box) -> NDArray[np.float64]:
    x0, y0, x1, y1 = box
    return np.array([[x0, y0], [x1, y0], [x1, y1], [x0, y1]], dtype=np.float64)


def _bounds(points: Points, size: tuple[int, int]) -> Box:
    # A box drawn on whole pixels comes back on whole pixels: rounding error must not widen it by one.
    low = np.clip(np.floor(points.min(axis=0) + 1e-6), 0, size).astype(int)
    high = np.clip(np.ceil(points.max(axis=0) - 1e-6), 0, size).astype(int)
    return int(low[0]), int(low[1]), int(high[0]), int(high[1])
