"""Look at the four sides of a page's outline: are they straight, sharp, or the frame's own?"""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from imaging.arrays import Points

_STEP = 4  # pixels to both sides of an edge where page and ground are looked at
_LEAST_STEP = 0.35  # by which the ground there looks more like ground than the page does
_NEAR, _NEAR_STEP = 2, 0.2
"""So near an edge a smaller step will do: the rim of a book's leaves darkens towards its cover, and a shadow
falls off over many times as much."""
_BEND = 0.012  # of its length, by which a side may leave its straight line
_LEAST_STRAIGHT, _LEAST_SHARP = 0.6, 0.6  # of a side's points
_FRAME = 2  # pixels from the frame's rim that count as the rim
_FEW = 8  # points
_MOST_RIM = 0.5  # of a side's points, beyond which the page is cut off there by the frame


@dataclass(frozen=True)
class Side:
    """One side of the outline: the line through it (point and direction), how much of it is sharp (0–1).

    `frame`: it is the frame's own rim, where the page goes on or ends unseen. `sure`: straight and sharp.
    """

    line: tuple[float, float, float, float]
    sharp: float
    straight: float
    frame: bool

    @property
    def sure(self) -> bool:
        """Whether the page ends here beyond doubt."""
        return self.sharp >= _LEAST_SHARP and self.straight >= _LEAST_STRAIGHT


def page_sides(outline: NDArray[np.int32], likeness: NDArray[np.float32]) -> tuple[Side, ...]:
    """Return the left, top, right and bottom side of an outline (N×1×2) turned by less than 45°.

    `likeness` tells for each pixel how much it looks like ground, 0 to 1.
    """
    corners = _corners(outline)
    points = np.asarray(outline[:, 0], dtype=np.float64)
    ends = ((3, 0), (0, 1), (1, 2), (2, 3))
    sides = [_side(points, corners[first], corners[last], likeness) for first, last in ends]
    return tuple(sides)


def quad_of(sides: tuple[Side, ...]) -> Points | None:
    """Return the corners (clockwise from the top left) where four sure sides meet, None if one is unsure."""
    if any(side.frame or not side.sure for side in sides):
        return None
    left, top, right, bottom = (_homogeneous(side.line) for side in sides)
    meets = [np.cross(*pair) for pair in ((left, top), (top, right), (right, bottom), (bottom, left))]
    return np.array([point[:2] / point[2] for point in meets])


def turn_of_quad(quad: Points) -> float:
    """Return the mean turn in degrees, counter-clockwise as seen, of the sides between four corners."""
    along = np.roll(quad, -1, axis=0) - quad
    # Rows count downwards: clockwise on, each side lies a quarter turn further than the one before.
    turned = np.degrees(np.arctan2(along[:, 1], along[:, 0])) - 90 * np.arange(4)
    return -float(np.mean((turned + 180) % 360 - 180))


def _corners(outline: NDArray[np.int32]) -> Points:
    """Return the outline's points farthest to the top left, top right, bottom right and bottom left."""
    points = np.asarray(outline[:, 0], dtype=np.float64)
    away = ((-1, -1), (1, -1), (1, 1), (-1, 1))
    return np.array([points[int(np.argmax(points @ np.array(way)))] for way in away])


def _side(
    points: Points, first: NDArray[np.float64], last: NDArray[np.float64], likeness: NDArray[np.float32]
) -> Side:
    height, width = likeness.shape
    along = (last - first) / max(1.0, float(np.linalg.norm(last - first)))
    # Clockwise on a page whose rows count downwards, outside is to the left.
    outward = np.array([along[1], -along[0]])
    length = float(np.linalg.norm(last - first))
    place, off = (points - first) @ along, (points - first) @ outward
    near = points[(place > 0.05 * length) & (place < 0.95 * length) & (np.abs(off) < 0.06 * length + 3)]
    if len(near) < _FEW:
        return Side((*first, *along), 0.0, 0.0, False)
    rim = (near <= _FRAME - 1).any(axis=1) | (near >= np.array([width, height]) - _FRAME).any(axis=1)
    if rim.mean() > _MOST_RIM:
        return Side((*first, *along), 0.0, 0.0, True)
    near = near[~rim]
    vx, vy, x, y = cv2.fitLine(near.astype(np.float32), cv2.DIST_HUBER, 0, 0.01, 0.01).ravel().tolist()
    apart = np.abs((near - [x, y]) @ np.array([vy, -vx]))
    straight = float((apart <= max(2.5, _BEND * length)).mean())
    far, close = (_rises(near, outward * step, likeness) for step in (_STEP, _NEAR))
    sharp = float(((far >= _LEAST_STEP) | (close >= _NEAR_STEP)).mean())
    return Side((x, y, vx, vy), sharp, straight, False)


def _rises(points: Points, step: NDArray[np.float64], likeness: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return how much more like ground it is one step outside than one inside."""
    return _levels(points + step, likeness) - _levels(points - step, likeness)


def _levels(points: Points, likeness: NDArray[np.float32]) -> NDArray[np.float32]:
    x, y = np.round(points).astype(int).T
    height, width = likeness.shape
    return np.asarray(likeness[np.clip(y, 0, height - 1), np.clip(x, 0, width - 1)], dtype=np.float32)


def _homogeneous(line: tuple[float, float, float, float]) -> NDArray[np.float64]:
    x, y, along, down = line
    return np.array([down, -along, along * y - down * x])
