"""Tell apart, where two families of rules do not stand square, a lean by bowed paper and the camera's own."""

import cv2
import numpy as np
from numpy.typing import NDArray

from imaging.skew.rulings import LineFit

_BY_CAMERA = 0.5  # of the convergence's square, both in radians: so far a tilted camera shears a page

Matrix = NDArray[np.float64]


def without_lean(
    matrix: Matrix,
    families: tuple[list[LineFit], list[LineFit]],
    convergence_deg: float,
    size: tuple[int, int],
) -> Matrix:
    """Return the 3×3 map with the lean of bowed rules left in the page, where the map had sheared it out.

    `families` are the level and the upright lines that the map shows, with weights that know how the lines
    bow; `size` is the frame's (width, height).
    """
    level, upright = directions_at_middle(matrix, size)
    doubts = [1 / max(sum(line.weight for line in family), 1e-9) for family in families]
    camera = (_BY_CAMERA * np.radians(convergence_deg) ** 2) ** 2
    share = np.radians(level - upright) / (sum(doubts) + camera)
    lean, tilt = share * doubts[0], -share * doubts[1]
    axes = np.eye(3)
    axes[:2, :2] = np.linalg.inv([[np.cos(lean), -np.sin(tilt)], [np.sin(lean), np.cos(tilt)]])
    about = np.eye(3)
    about[:2, 2] = cv2.perspectiveTransform(np.array(size).reshape(1, 1, 2) / 2, matrix)[0, 0]
    unleaned: Matrix = about @ axes @ np.linalg.inv(about) @ matrix
    return unleaned


def directions_at_middle(matrix: Matrix, size: tuple[int, int]) -> tuple[float, float]:
    """Return by how many degrees, counter-clockwise as seen, what a map sets level and what it sets upright
    are turned in the middle of the frame.
    """
    seen = cv2.perspectiveTransform(np.array(size).reshape(1, 1, 2) / 2, matrix)[0, 0]
    ends = seen + np.array([[0.0, 0.0], [1.0, 0.0], [0.0, 1.0]])
    origin, right, below = cv2.perspectiveTransform(ends[None], np.linalg.inv(matrix))[0]
    along, down = right - origin, below - origin
    return float(np.degrees(np.arctan2(-along[1], along[0]))), float(np.degrees(np.arctan2(down[0], down[1])))
