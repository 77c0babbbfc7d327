"""Estimate a page's skew: coarsely by projection, then exactly by its ruled lines where it has any."""

from dataclasses import dataclass
from typing import Literal

import cv2
import numpy as np

from imaging.arrays import Gray
from imaging.skew.evidence import ink, level_ridges, shrink
from imaging.skew.projection import Peak, sharpest_angle
from imaging.skew.rulings import LineFit, level_lines

_COARSE_LENGTH = 880
_FINE_LENGTH = 1760
_WIDEST = 16.0
_LEAST_PROMINENCE = 8.0
_LEAST_LINES = 3


@dataclass(frozen=True)
class SkewEstimate:
    """How far the content is turned in degrees, positive counter-clockwise as seen; confidence from 0 to 1."""

    angle_deg: float
    confidence: float
    method: Literal["rulings", "text", "none"]


_NONE = SkewEstimate(0.0, 0.0, "none")


def estimate_skew(gray: Gray) -> SkewEstimate:
    """Return the skew of a page (H×W uint8) within ±15°; a blank page has method "none" and angle 0."""
    if min(gray.shape) < 64:
        return _NONE
    small = shrink(gray, _COARSE_LENGTH)
    coarse = _coarse_by_rulings(small)
    if coarse.prominence >= _LEAST_PROMINENCE:
        exact = _exact_by_rulings(shrink(gray, _FINE_LENGTH), coarse.angle_deg)
        if exact is not None:
            return exact
    return _by_text(small)


def _coarse_by_rulings(small: Gray) -> Peak:
    across = level_ridges(small)
    down = level_ridges(np.ascontiguousarray(small.T))[:, ::-1]
    peak = sharpest_angle(across, down, np.arange(-_WIDEST, _WIDEST + 0.1, 0.25), 3.0)
    near = peak.angle_deg + np.arange(-0.4, 0.41, 0.05)
    return Peak(sharpest_angle(across, down, near, 1.0).angle_deg, peak.prominence)


def _exact_by_rulings(page: Gray, coarse_deg: float) -> SkewEstimate | None:
    height, width = page.shape
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), -coarse_deg, 1.0)
    upright = np.asarray(cv2.warpAffine(page, turn, (width, height), borderMode=cv2.BORDER_REPLICATE))
    # A level line that falls to the right (slope > 0, rows counted downwards) is turned clockwise; so is an
    # upright line that leans left as it goes down, whose slope in the turned-over page is negative.
    lines = [LineFit(-fit.slope, fit.weight) for fit in level_lines(upright)]
    lines += level_lines(np.ascontiguousarray(upright.T))
    if len(lines) < _LEAST_LINES:
        return None
    slopes, weights = np.array([(fit.slope, fit.weight) for fit in lines]).T
    middle = _weighted_median(slopes, weights)
    agree = float(weights[np.abs(slopes - middle) < np.tan(np.radians(0.15))].sum() / weights.sum())
    angle = coarse_deg + float(np.degrees(np.arctan(middle)))
    return SkewEstimate(angle, agree * len(lines) / (len(lines) + 2), "rulings")


def _by_text(small: Gray) -> SkewEstimate:
    marks = ink(small)
    peak = sharpest_angle(marks, marks, np.arange(-_WIDEST, _WIDEST + 0.1, 0.5), 4.0)
    near = peak.angle_deg + np.arange(-1.0, 1.01, 0.1)
    exact = sharpest_angle(marks, marks, near, 2.0)
    if peak.prominence < _LEAST_PROMINENCE:
        return _NONE
    return SkewEstimate(exact.angle_deg, peak.prominence / (peak.prominence + 10), "text")


def _weighted_median(values: np.ndarray, weights: np.ndarray) -> float:
    order = np.argsort(values)
    reached = weights[order].cumsum()
    return float(values[order][np.searchsorted(reached, reached[-1] / 2)])
