"""Estimate how a page was photographed aslant: both families of rulings meet at points of their own."""

from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Literal

import cv2
import numpy as np
from numpy.typing import NDArray

from imaging.arrays import Gray, Points
from imaging.meeting_lines import convergence_deg, crossing, forward, scaled, square_by_meeting_points, trend
from imaging.perspective_lean import without_lean
from imaging.skew.evidence import level_ridges, shrink, upright_ridges
from imaging.skew.projection import sharpest_angle
from imaging.skew.rulings import LineFit, both_families
from imaging.transform import turning

Matrix = NDArray[np.float64]

_COARSE_LENGTH, _FINE_LENGTH = 880, 1760
_BANDS = 5
_LEAST_MARKS = 60  # in a band
_LEAST_PROMINENCE = 5.0
_SPREAD = 10.0  # degrees that a band's lines may be off the page's angle
_ROUNDS = 3
_LEAST_LINES = 4  # of a family
_LEAST_CONVERGENCE = 0.4  # degrees between a family's first and last line; less is paper, not perspective
_LEAST_SEEN = 0.25  # degrees of convergence in the bands that are worth a closer look
_LEAST_OF_OUTLINE = 1.5  # the same between opposite edges of the paper
_LEFT_OVER = 0.12  # degrees off, of a line that the found perspective explains
_LEAST_EXPLAINED = 0.7  # of the lines


@dataclass(frozen=True)
class PerspectiveEstimate:
    """The 3×3 map that sets the page square and upright, in the master's pixels, true to scale at its middle.

    `convergence_deg` is the angle between the outermost lines of a family, the larger of both. With method
    "none" the page is flat or nobody can tell, and the map is None.
    """

    matrix: tuple[tuple[float, float, float], ...] | None
    convergence_deg: float
    confidence: float
    method: Literal["rulings", "outline", "none"]

    def moved(self, x: float, y: float) -> "PerspectiveEstimate":
        """Return the estimate for a frame in which this one's corner lies at (x, y)."""
        if self.matrix is None:
            return self
        shift = np.eye(3)
        shift[:2, 2] = x, y
        return replace(self, matrix=_rows(shift @ np.asarray(self.matrix) @ np.linalg.inv(shift)))


NO_PERSPECTIVE = PerspectiveEstimate(None, 0.0, 0.0, "none")


def estimate_perspective(
    gray: Gray, angle_deg: float, by_paper: PerspectiveEstimate = NO_PERSPECTIVE
) -> PerspectiveEstimate:
    """Return the perspective of a page (H×W uint8) that is turned by about `angle_deg`, from its rulings.

    `by_paper` is what its paper's edges tell: where the rulings are few, they are found once that is known.
    """
    if min(gray.shape) < 256:
        return NO_PERSPECTIVE
    page = shrink(gray, _FINE_LENGTH)
    small = shrink(page, _COARSE_LENGTH)
    found, factor = NO_PERSPECTIVE, gray.shape[0] / page.shape[0]
    banded = _by_bands(small, angle_deg)
    if banded is not None:
        found = _by_lines(page, scaled(banded, page.shape[0] / small.shape[0]), factor)
    if found.matrix is None and by_paper.matrix is not None:
        found = _by_lines(page, scaled(np.asarray(by_paper.matrix), 1 / factor), factor)
    return found


def _by_lines(page: Gray, matrix: Matrix, factor: float) -> PerspectiveEstimate:
    """Return the estimate that the lines come to from a first map, for a frame so many times larger."""
    for _ in range(_ROUNDS):
        fits = _fits(page, matrix)
        if fits is None:
            return NO_PERSPECTIVE
        matrix = _square(fits, page.shape) @ matrix
    return _judged(page, matrix, factor)


def perspective_of_quad(quad: Points, confidence: float) -> PerspectiveEstimate:
    """Return the perspective by the page's own four corners, clockwise from the top left.

    Paper is not cut as truly as rulings are printed, so that only a strong convergence counts.
    """
    right, below = crossing(quad[[0, 1, 3, 2]]), crossing(quad[[0, 3, 1, 2]])
    middle = np.eye(3)
    middle[:2, 2] = quad.mean(axis=0)
    shift = np.linalg.inv(middle)
    matrix = middle @ square_by_meeting_points(*(forward(shift @ point) for point in (right, below))) @ shift
    sides = np.roll(quad, -1, axis=0) - quad
    angles = np.degrees(np.arctan2(sides[:, 1], sides[:, 0]))
    converging = float(np.abs((angles[:2] - angles[2:]) % 360 - 180).max())
    if converging < _LEAST_OF_OUTLINE:
        return NO_PERSPECTIVE
    return PerspectiveEstimate(_rows(matrix), converging, 0.6 * confidence, "outline")


def _judged(page: Gray, matrix: Matrix, factor: float) -> PerspectiveEstimate:
    """Return the estimate if the lines are straight and square by it, and were not before."""
    fits = _fits(page, matrix)
    converging = convergence_deg(matrix, page.shape)
    if fits is None or converging < _LEAST_CONVERGENCE:
        return NO_PERSPECTIVE
    off = np.array([abs(fit.slope) for family in fits for fit in family])
    explained = float((off < np.tan(np.radians(_LEFT_OVER))).mean())
    if explained < _LEAST_EXPLAINED:
        return NO_PERSPECTIVE
    confidence = explained * min(1.0, len(off) / 12)
    matrix = without_lean(matrix, fits, converging, (page.shape[1], page.shape[0]))
    return PerspectiveEstimate(_rows(scaled(matrix, factor)), converging, confidence, "rulings")


def _by_bands(small: Gray, angle_deg: float) -> Matrix | None:
    """Return a first map from the angles of the lines band by band; None where too few bands have any, or
    where the lines hardly converge.
    """
    height, width = small.shape
    middle = np.eye(3)
    middle[:2, 2] = width / 2, height / 2
    right = _meeting_point(level_ridges(small) - middle[:2, 2], angle_deg)
    # Turned by a quarter, upright lines are level ones.
    aside = (upright_ridges(small) - middle[:2, 2])[:, ::-1] * [1, -1]
    below = _meeting_point(aside, angle_deg)
    if right is None or below is None:
        return None
    matrix = (
        middle
        @ square_by_meeting_points(right, np.array([-below[1], below[0], below[2]]))
        @ np.linalg.inv(middle)
    )
    return matrix if convergence_deg(matrix, small.shape) >= _LEAST_SEEN else None


def _meeting_point(marks: Points, angle_deg: float) -> NDArray[np.float64] | None:
    """Return where level lines meet (homogeneous), from N×2 marks counted from the page's middle."""
    base = angle_deg
    bands: list[tuple[float, float]] = []
    for _ in range(2):
        bands = _band_angles(marks @ turning(base)[:2, :2].T)
        if len(bands) < 2:
            return None
        shift = float(np.median([angle for _, angle in bands]))
        if abs(shift) < 1:
            break
        base += shift
        bands = [(place, angle - shift) for place, angle in bands]
    fits = [LineFit(float(np.tan(np.radians(-angle))), 1.0, 0.0, place) for place, angle in bands]
    level, tilt = trend(fits)
    point: NDArray[np.float64] = turning(base).T @ np.array([1.0, level, -tilt])
    return point


def _band_angles(marks: Points) -> list[tuple[float, float]]:
    """Return place and angle of the level lines in each band that shows some."""
    found = []
    if len(marks) < _BANDS * _LEAST_MARKS:
        return []
    places = marks[:, 1]
    edges = np.percentile(places, np.linspace(1, 99, _BANDS + 1))
    angles = np.arange(-_SPREAD, _SPREAD + 0.1, 0.25)
    none = np.zeros((0, 2))
    for low, high in pairwise(edges):
        band = marks[(places >= low) & (places <= high)]
        if len(band) < _LEAST_MARKS:
            continue
        peak = sharpest_angle([(band - band.min(axis=0), none)], angles, 2.0)
        if peak.prominence >= _LEAST_PROMINENCE:
            found.append(((low + high) / 2, peak.angle_deg))
    return found


Families = tuple[list[LineFit], list[LineFit]]


def _fits(page: Gray, matrix: Matrix) -> Families | None:
    """Return the level and the upright lines of the page as the map shows it; None where they are few."""
    height, width = page.shape
    seen = np.asarray(
        cv2.warpPerspective(page, matrix, (width, height), borderMode=cv2.BORDER_REPLICATE), dtype=np.uint8
    )
    level, upright = both_families(seen)
    if min(len(level), len(upright)) < _LEAST_LINES:
        return None
    return level, upright


def _square(fits: Families, shape: tuple[int, ...]) -> Matrix:
    """Return the map that sets the lines square, for pixels counted from the corner."""
    middle = np.eye(3)
    middle[:2, 2] = shape[1] / 2, shape[0] / 2
    (level, tilt), (upright, lean) = (
        trend([LineFit(fit.slope, fit.weight, fit.x - x, fit.y - y) for fit in family])
        for family, (x, y) in zip(fits, (middle[:2, 2], middle[1::-1, 2]), strict=True)
    )
    # Lines y = t + (level + tilt t) x all meet where 1 + tilt x = 0.
    right, below = np.array([1.0, level, -tilt]), np.array([upright, 1.0, -lean])
    square: Matrix = middle @ square_by_meeting_points(right, below) @ np.linalg.inv(middle)
    return square


def _rows(matrix: Matrix) -> tuple[tuple[float, float, float], ...]:
    return tuple((float(a), float(b), float(c)) for a, b, c in matrix / matrix[2, 2])
