"""The way from a master's pixels to its derivative's, and back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from imaging.arrays import Box, Points

Row = tuple[float, float, float]
Matrix = tuple[Row, Row, Row]

_LEVEL: Row = (0.0, 0.0, 1.0)
# Beyond about 40 degrees a box's width and height can no longer be told apart.
_LEAST_TURNED = 0.2
_STEPS = 6  # a page photographed far aslant needs four to come within a hundredth of a pixel


@dataclass(frozen=True)
class PageTransform:
    """A projective map from master to derivative, with both sizes as (width, height) in pixels.

    Coordinates are continuous: (0, 0) is the outer corner of the first pixel, its centre is (0.5, 0.5).
    Of a flat scan the map is affine: the matrix's last row is (0, 0, 1).
    """

    matrix: Matrix
    master_size: tuple[int, int]
    derivative_size: tuple[int, int]

    @property
    def affine(self) -> bool:
        """Whether parallel lines of the master stay parallel."""
        return self.matrix[2] == _LEVEL

    def to_derivative(self, points: ArrayLike) -> Points:
        """Return N×2 master points as derivative points."""
        return _moved(np.asarray(self.matrix), points)

    def to_master(self, points: ArrayLike) -> Points:
        """Return N×2 derivative points as master points."""
        return _moved(np.linalg.inv(np.asarray(self.matrix)), points)

    def box_to_master(self, box: Box) -> Box:
        """Return the smallest upright master box that holds a derivative box, within the master."""
        return self.boxes_to_master([box])[0]

    def boxes_to_master(self, boxes: Sequence[Box]) -> list[Box]:
        """Return what `box_to_master` does for each of some boxes: all at once takes little longer than
        one."""
        if not boxes:
            return []
        points = self.to_master(np.concatenate([_corners(box) for box in boxes]))
        return [_bounds(corners, self.master_size) for corners in points.reshape(-1, 4, 2)]

    def box_to_derivative(self, box: Box) -> Box:
        """Return the smallest upright derivative box that holds a master box, within the derivative."""
        return _bounds(self.to_derivative(_corners(box)), self.derivative_size)

    def upright_box(self, box: Box) -> Box:
        """Return the derivative box that `box_to_master` turned into this master box, within a pixel.

        `box_to_derivative` would widen it a second time by the skew and so take in its neighbours; a box that
        cannot have come from an upright one (cut off at the master's edge, say) is widened all the same.
        """
        found = self._narrowed(np.array(box, dtype=np.float64))
        if found is None:
            return self.box_to_derivative(box)
        # To the nearest pixel: `box_to_master` has rounded outward already, and once is enough.
        x0, y0, x1, y1 = (int(side) for side in np.clip(np.rint(found), 0, self.derivative_size * 2))
        return (x0, y0, x1, y1) if x0 < x1 and y0 < y1 else self.box_to_derivative(box)

    def _narrowed(self, wanted: NDArray[np.float64]) -> NDArray[np.float64] | None:
        """Return the box x0, y0, x1, y1 whose image in the master is bounded by `wanted`; None if there is
        none.
        """
        middle = (wanted[:2] + wanted[2:]) / 2
        spread = np.abs(np.linalg.inv(self._slopes(middle)))
        turned = float(np.linalg.det(spread))
        if abs(turned) < _LEAST_TURNED * float((spread**2).sum()) / 2:
            return None
        shrink = np.linalg.inv(spread)
        centre = self.to_derivative([middle])[0]
        half = shrink @ (wanted[2:] - middle)
        for _ in range(1 if self.affine else _STEPS):
            if (half <= 0).any():
                return None
            reached = self.to_master(_corners((*(centre - half), *(centre + half))))
            low, high = wanted[:2] - reached.min(axis=0), wanted[2:] - reached.max(axis=0)
            centre = centre + self._slopes(middle) @ (low + high) / 2
            half = half + shrink @ (high - low) / 2
        return np.concatenate([centre - half, centre + half]) if (half > 0).all() else None

    def _slopes(self, point: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return the 2×2 derivative of the map at a master point."""
        matrix = np.asarray(self.matrix)
        x, y, w = matrix @ [*point, 1.0]
        slopes: NDArray[np.float64] = (matrix[:2, :2] - np.outer([x / w, y / w], matrix[2, :2])) / w
        return slopes

    def turned_back(self, turned_deg: Literal[0, 90, 180, 270]) -> "PageTransform":
        """Return the map to a derivative turned back by quarters: its content is turned by so many degrees,
        counter-clockwise as seen."""
        width, height = self.derivative_size
        turn = turning(turned_deg)
        corner = _moved(turn, [[0, 0], [width, height]]).min(axis=0)
        turn[:2, 2] = -corner
        first, second, third = (turn @ np.asarray(self.matrix)).tolist()
        size = (width, height) if turned_deg % 180 == 0 else (height, width)
        return PageTransform((tuple(first), tuple(second), tuple(third)), self.master_size, size)

    def as_json(self) -> dict[str, Any]:
        """Return plain JSON types that `from_json` takes back without loss; an affine matrix has two rows."""
        return {
            "matrix": [list(row) for row in (self.matrix[:2] if self.affine else self.matrix)],
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
        first, second, third = rows if len(rows) == 3 else (*rows, _LEVEL)
        return cls((first, second, third), (int(width), int(height)), (int(wide), int(high)))


def for_deskew(size: tuple[int, int], angle_deg: float, crop: Box | None = None) -> PageTransform:
    """Return the transform that turns a page upright and crops it, losing nothing of the crop box.

    `size` is the master's (width, height); `angle_deg` is the skew, positive counter-clockwise as seen;
    `crop` is a master box, the whole frame if None. The derivative holds the whole turned box.
    """
    return for_outline(size, turning(angle_deg), _corners(crop or (0, 0, *size)))


def turning(angle_deg: float) -> NDArray[np.float64]:
    """Return the 3×3 matrix that turns back what is turned by an angle, counter-clockwise as seen."""
    cos, sin = np.cos(np.radians(angle_deg)), np.sin(np.radians(angle_deg))
    if angle_deg % 90 == 0:
        # Rounding error must not blur a page that is merely turned by quarters.
        cos, sin = round(cos), round(sin)
    return np.array([[cos, -sin, 0.0], [sin, cos, 0.0], [0.0, 0.0, 1.0]])


def for_outline(size: tuple[int, int], matrix: NDArray[np.float64], outline: ArrayLike) -> PageTransform:
    """Return the transform by a 3×3 matrix, shifted so that the derivative just holds the N×2 outline.

    `size` is the master's (width, height); the outline is in master points.
    """
    moved = _moved(matrix, outline)
    low, high = moved.min(axis=0), moved.max(axis=0)
    # The master's middle stays on whole pixels, so that a page that lies straight is copied and not blurred.
    middle = _moved(matrix, [[size[0] // 2, size[1] // 2]])[0]
    # A hair is taken off before rounding up, or an angle of 0 would grow the page by rounding error.
    shift = np.eye(3)
    shift[:2, 2] = np.ceil(middle - low - 1e-6) - middle
    wide, tall = np.maximum(1, np.ceil(high + shift[:2, 2] - 1e-6)).astype(int)
    placed = shift @ matrix
    first, second, third = (placed / placed[2, 2]).tolist()
    rows = tuple(first), tuple(second), tuple(third)
    return PageTransform(rows, size, (int(wide), int(tall)))


def _moved(matrix: NDArray[np.float64], points: ArrayLike) -> Points:
    """Return N×2 points moved by a 3×3 matrix."""
    plain = np.asarray(points, dtype=np.float64).reshape(-1, 2)
    moved: Points = plain @ matrix[:2, :2].T + matrix[:2, 2]
    depth: Points = plain @ matrix[2:, :2].T + matrix[2, 2]
    return np.asarray(moved / depth, dtype=np.float64)


def _corners(box: tuple[float, float, float, float]) -> NDArray[np.float64]:
    x0, y0, x1, y1 = box
    return np.array([[x0, y0], [x1, y0], [x1, y1], [x0, y1]], dtype=np.float64)


def _bounds(points: Points, size: tuple[int, int]) -> Box:
    # A box drawn on whole pixels comes back on whole pixels: rounding error must not widen it by one.
    low = np.clip(np.floor(points.min(axis=0) + 1e-6), 0, size).astype(int)
    high = np.clip(np.ceil(points.max(axis=0) - 1e-6), 0, size).astype(int)
    return int(low[0]), int(low[1]), int(high[0]), int(high[1])
