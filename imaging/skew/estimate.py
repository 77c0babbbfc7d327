"""Estimate a page's skew: coarsely by projection, then exactly by its ruled lines where it has any."""

from dataclasses import dataclass
from typing import Literal

import cv2
import numpy as np
from numpy.typing import NDArray

from imaging.arrays import Gray
from imaging.skew.evidence import level_ridges, shrink, strokes, upright_ridges
from imaging.skew.projection import Peak, sharpest_angle
from imaging.skew.rulings import LineFit, level_lines

_COARSE_LENGTH = 880
_FINE_LENGTH = 1760
_WIDEST = 16.0
_LEAST_PROMINENCE = 8.0
_LEAST_MARKS = 150  # a dozen written strokes
_LEAST_LINES = 3
_LEAST_AGREEMENT = 0.5  # of the lines' weight within 0.15° of their middle


@dataclass(frozen=True)
class SkewEstimate:
    """The content's turn in degrees, positive counter-clockwise as seen; confidence from 0 to 1."""

    angle_deg: float
    confidence: float
    method: Literal["rulings", "text", "none"]


_NONE = SkewEstimate(0.0, 0.0, "none")


def estimate_skew(gray: Gray) -> SkewEstimate:
    """Return the skew of a page (H×W uint8) within ±15°; a blank page has method "none" and angle 0."""
    if min(gray.shape) < 64:
        return _NONE
    page = shrink(gray, _FINE_LENGTH)
    small = shrink(page, _COARSE_LENGTH)
    coarse = _coarse_by_rulings(small)
    if coarse.prominence >= _LEAST_PROMINENCE:
        exact = _exact_by_rulings(page, coarse.angle_deg)
        if exact is not None:
            return exact
    return _by_text(small)


def _coarse_by_rulings(small: Gray) -> Peak:
    across, down = level_ridges(small), upright_ridges(small)
    peak = sharpest_angle(across, down, np.arange(-_WIDEST, _WIDEST + 0.1, 0.25), 3.0)
    near = peak.angle_deg + np.arange(-0.4, 0.41, 0.05)
    return Peak(sharpest_angle(across, down, near, 1.0).angle_deg, peak.prominence)


def _exact_by_rulings(page: Gray, coarse_deg: float) -> SkewEstimate | None:
    height, width = page.shape
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), -coarse_deg, 1.0)
    upright = cv2.warpAffine(page, turn, (width, height), borderMode=cv2.BORDER_REPLICATE)
    # Rows count downwards: counter-clockwise is level lines rising, upright ones leaning right.
    lines = [LineFit(-fit.slope, fit.weight) for fit in level_lines(np.asarray(upright, dtype=np.uint8))]
    lines += level_lines(np.asarray(cv2.transpose(upright), dtype=np.uint8))
    if len(lines) < _LEAST_LINES:
        return None
    slopes, weights = np.array([(fit.slope, fit.weight) for fit in lines]).T
    middle = _weighted_median(slopes, weights)
    agree = float(weights[np.abs(slopes - middle) < np.tan(np.radians(0.15))].sum() / weights.sum())
    if agree < _LEAST_AGREEMENT:
        return None
    angle = coarse_deg + float(np.degrees(np.arctan(middle)))
    return SkewEstimate(angle, agree * len(lines) / (len(lines) + 2), "rulings")


def _by_text(small: Gray) -> SkewEstimate:
    marks = strokes(small)
    peak = sharpest_angle(marks, marks, np.arange(-_WIDEST, _WIDEST + 0.1, 0.5), 4.0)
    near = peak.angle_deg + np.arange(-1.0, 1.01, 0.1)
    exact = sharpest_angle(marks, marks, near, 2.0)
    if len(marks) < _LEAST_MARKS or peak.prominence < _LEAST_PROMINENCE:
        return _NONE
    return SkewEstimate(exact.angle_deg, peak.prominence / (peak.prominence + 10), "text")


def _weighted_median(values: NDArray[np.float64], weights: NDArray[np.float64]) -> float:
    order = np.argsort(values)
    reached = weights[order].cumsum()
    return float(values[order][np.searchsorted(reached, reached[-1] / 2)])
