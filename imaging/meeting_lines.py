"""The plane geometry of lines that meet: the map that sets them parallel, and how far they were from it."""

import cv2
import numpy as np
from numpy.typing import NDArray

from imaging.arrays import Points
from imaging.skew.rulings import LineFit

Matrix = NDArray[np.float64]


def crossing(ends: Points) -> NDArray[np.float64]:
    """Return where two lines, each by its two ends, meet (homogeneous)."""
    first, second, third, fourth = (np.array([x, y, 1.0]) for x, y in ends)
    point: NDArray[np.float64] = np.cross(np.cross(first, second), np.cross(third, fourth))
    return point


def forward(point: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the same point with the larger of its first two numbers positive, lest the map mirror."""
    return np.asarray(point * np.sign(point[int(np.argmax(np.abs(point[:2])))]), dtype=np.float64)


def square_by_meeting_points(right: NDArray[np.float64], below: NDArray[np.float64]) -> Matrix:
    """Return the map that sends where level lines meet endlessly right, and where upright ones do down."""
    horizon = np.cross(right, below)
    flat = np.eye(3)
    flat[2, :2] = horizon[:2] / horizon[2]
    along, down = (flat @ right)[:2], (flat @ below)[:2]
    axes = np.eye(3)
    axes[:2, :2] = np.linalg.inv(
        np.column_stack([along / np.linalg.norm(along), down / np.linalg.norm(down)])
    )
    mapped: Matrix = axes @ flat
    return mapped


def trend(family: list[LineFit]) -> tuple[float, float]:
    """Return slope at the middle and its change a pixel, by the lines that agree with most of the others."""
    slopes = np.array([fit.slope for fit in family])
    # A line's slope is taken where it stands, and its place where it crosses the middle.
    places = np.array([fit.y - fit.slope * fit.x for fit in family])
    apart = places[:, None] - places[None]
    pairs = np.triu(np.abs(apart) > 0.2 * np.ptp(places))
    if not pairs.any():
        return float(np.median(slopes)), 0.0
    change = float(np.median((slopes[:, None] - slopes[None])[pairs] / apart[pairs]))
    return float(np.median(slopes - change * places)), change


def convergence_deg(matrix: Matrix, shape: tuple[int, ...]) -> float:
    """Return the larger angle, in degrees, between opposite sides of what the map shows as a rectangle."""
    height, width = shape
    corners = np.array([[0.1, 0.1], [0.9, 0.1], [0.9, 0.9], [0.1, 0.9]]) * [width, height]
    seen = cv2.perspectiveTransform(corners[None], np.linalg.inv(matrix))[0]
    sides = np.roll(seen, -1, axis=0) - seen
    angles = np.degrees(np.arctan2(sides[:, 1], sides[:, 0]))
    apart = np.abs((angles[:2] - angles[2:]) % 360 - 180)
    return float(apart.max())


def scaled(matrix: Matrix, factor: float) -> Matrix:
    """Return the map for a page as many times larger."""
    scale = np.diag([factor, factor, 1.0])
    scaled = scale @ matrix @ np.linalg.inv(scale)
    return np.asarray(scaled / scaled[2, 2], dtype=np.float64)
