"""Angle by projection: of all directions, the content's own gathers its marks into the fewest lines."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

from imaging.arrays import Points

WIDEST = 16.0
"""Degrees either way within which an angle is sought."""
LEAST_PROMINENCE = 8.0
"""Of a peak that stands out by itself."""
_NEAR = 8  # half degrees
_SOFT = np.array([1, 2, 3, 2, 1]) / 9


@dataclass(frozen=True)
class Peak:
    """The angle in degrees at which marks gather most, and by how many deviations it stands out.

    `at_end`: the angle is an end of those looked at, so that what gathers there may lie beyond.
    """

    angle_deg: float
    prominence: float
    at_end: bool = False


def sharpest_angle(
    evidence: Sequence[tuple[Points, Points]],
    angles: NDArray[np.float64],
    bin_px: float,
    *,
    soft: bool = False,
) -> Peak:
    """Return the angle that best gathers N×2 marks into level and upright lines.

    Each pair holds marks of level lines and marks of upright ones, and either may be empty; all turn with
    the page, so their scores add up. `soft` counts a mark in neighbouring bins too, as written lines want.
    """
    scores = np.zeros(len(angles))
    for across, down in evidence:
        scores += _stand_out(_scores(across, angles, bin_px, upright=False, soft=soft))
        scores += _stand_out(_scores(down, angles, bin_px, upright=True, soft=soft))
    best = int(scores.argmax())
    return Peak(_refined(angles, scores, best), float(scores[best]), best in (0, len(angles) - 1))


def sharpest_all_round(marks: Points, bin_px: float) -> float:
    """Return the angle, of all there are short of a quarter turn, that best gathers N×2 marks into level and
    upright lines; by half degrees.

    A page's own outline makes scores rise and fall slowly all round, so each counts beside those near it.
    """
    angles = np.arange(-44.75, 45.0, 0.5)
    found = np.zeros(len(angles))
    for upright in (False, True):
        scores = _scores(marks, angles, bin_px, upright=upright, soft=False)
        near = sliding_window_view(np.pad(scores, _NEAR, mode="reflect"), 2 * _NEAR + 1)
        found += (scores - np.median(near, axis=1)) / max(float(np.median(scores)), 1e-9)
    return float(angles[found.argmax()])


def share_of_fullest(marks: Points, angle_deg: float, bin_px: float, lines: int) -> float:
    """Return how much of the score, from 0 to 1, so many fullest lines of N×2 marks have at an angle: the
    larger share of level and of upright lines.
    """
    shares = [0.0]
    for upright in (False, True):
        for counts in _counts(marks, np.array([angle_deg]), bin_px, upright=upright):
            squares = np.sort(counts**2)
            shares.append(float(squares[-lines:].sum() / squares.sum()))
    return max(shares)


def _scores(
    marks: Points, angles: NDArray[np.float64], bin_px: float, *, upright: bool, soft: bool
) -> NDArray[np.float64]:
    """Return the sum of squared counts of marks along each direction."""
    scores = np.zeros(len(angles))
    for index, counts in enumerate(_counts(marks, angles, bin_px, upright=upright)):
        soft_counts = np.convolve(counts, _SOFT) if soft else counts
        scores[index] = np.dot(soft_counts, soft_counts)
    return scores


def _counts(
    marks: Points, angles: NDArray[np.float64], bin_px: float, *, upright: bool
) -> Iterator[NDArray[np.float64]]:
    """Return for each direction the counts of marks line by line; nothing for fewer than two marks."""
    if len(marks) < 2:
        return
    x, y = marks[:, 0].astype(np.float32), marks[:, 1].astype(np.float32)
    reach = float(np.hypot(np.ptp(x), np.ptp(y)) + np.abs(marks).max())
    for angle in np.radians(angles):
        cos, sin = np.float32(np.cos(angle) / bin_px), np.float32(np.sin(angle) / bin_px)
        place = x * cos - y * sin if upright else y * cos + x * sin
        yield np.bincount((place + np.float32(reach / bin_px)).astype(np.int32)).astype(np.float64)


def _stand_out(scores: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return scores as deviations above their median; a flat curve stays flat."""
    middle = np.median(scores)
    spread = 1.4826 * np.median(np.abs(scores - middle)) + 0.005 * middle + 1e-9
    return np.asarray((scores - middle) / spread, dtype=np.float64)


def _refined(angles: NDArray[np.float64], scores: NDArray[np.float64], best: int) -> float:
    """Return the top of the parabola through the best score and its neighbours."""
    if not 0 < best < len(angles) - 1:
        return float(angles[best])
    left, top, right = scores[best - 1 : best + 2]
    curve = left - 2 * top + right
    shift = 0.5 * (left - right) / curve if curve < 0 else 0.0
    return float(angles[best] + shift * (angles[1] - angles[0]))
