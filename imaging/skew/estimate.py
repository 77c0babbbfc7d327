"""Estimate a page's skew: coarsely by projection, then exactly by its ruled lines where it has any."""

from dataclasses import dataclass, replace
from typing import Literal

import cv2
import numpy as np
from numpy.typing import NDArray

from imaging.arrays import Gray, Points
from imaging.skew.evidence import level_ridges, shrink, strokes, upright_ridges
from imaging.skew.projection import Peak, sharpest_angle
from imaging.skew.rulings import LineFit, level_lines, reach

_COARSE_LENGTH = 880
_FINE_LENGTH = 1760
_WIDEST = 16.0
_LEAST_PROMINENCE = 8.0
_LEAST_OF_TWO, _WITNESSES_APART = 5.5, 0.4  # prominence of each, and degrees between them
_LEAST_UNCLEAR = 1200  # marks that two unclear peaks must rest on
_LEAST_OF_FEW = 14.0  # prominence that fewer marks must show: a few loose strokes reach 10
_LEAST_MARKS = 150  # a dozen written strokes
_LEAST_LINES = 3
_LEAST_AGREEMENT = 0.5  # of the lines' weight that must lie near their middle
_APART, _CLOSE = 0.15, 0.05  # degrees; written lines, where they pass for ruled ones, agree less
_LEAST_FAMILY, _MOST_OF_PAGE, _ALIKE = 4, 0.5, 0.06  # lines, share of the page, degrees
_CLEARLY_RULED = 25.0  # prominence; columns of writing reach 16
_SMALL_TABLE = 0.6  # of the frame: a larger one is measured with the whole page


@dataclass(frozen=True)
class SkewEstimate:
    """The content's turn in degrees, positive counter-clockwise as seen; confidence from 0 to 1.

    `parallel`: rulings are seen over most of the page, and within either direction run alike, as no page
    photographed aslant shows them.
    """

    angle_deg: float
    confidence: float
    method: Literal["rulings", "text", "none"]
    parallel: bool = False


_NONE = SkewEstimate(0.0, 0.0, "none")


def estimate_skew(gray: Gray) -> SkewEstimate:
    """Return the skew of a page (H×W uint8) within ±15°; a blank page has method "none" and angle 0."""
    if min(gray.shape) < 64:
        return _NONE
    page = shrink(gray, _FINE_LENGTH)
    marks = _marks(shrink(page, _COARSE_LENGTH))
    coarse = _coarse_by_rulings(marks)
    if coarse.prominence >= _LEAST_PROMINENCE:
        exact = _exact_by_rulings(page, coarse, marks)
        if exact is not None:
            return exact
    return _by_text(marks, coarse)


@dataclass(frozen=True)
class _Marks:
    """Where level lines, upright lines and strokes leave marks on a page shrunk to the coarse length."""

    across: Points
    down: Points
    strokes: Points
    shape: tuple[int, int]


def _marks(small: Gray) -> _Marks:
    return _Marks(
        level_ridges(small), upright_ridges(small), strokes(small), (small.shape[0], small.shape[1])
    )


def _coarse_by_rulings(marks: _Marks) -> Peak:
    lines = [(marks.across, marks.down)]
    peak = sharpest_angle(lines, np.arange(-_WIDEST, _WIDEST + 0.1, 0.25), 3.0)
    near = peak.angle_deg + np.arange(-0.4, 0.41, 0.05)
    return Peak(sharpest_angle(lines, near, 1.0).angle_deg, peak.prominence)


def _exact_by_rulings(page: Gray, coarse: Peak, marks: _Marks) -> SkewEstimate | None:
    height, width = page.shape
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), -coarse.angle_deg, 1.0)
    upright = np.asarray(
        cv2.warpAffine(page, turn, (width, height), borderMode=cv2.BORDER_REPLICATE), dtype=np.uint8
    )
    clear = coarse.prominence >= _CLEARLY_RULED
    found = _agreed(
        upright, coarse.angle_deg, *((_APART, _LEAST_LINES) if clear else (_CLOSE, _LEAST_LINES + 2))
    )
    if found is not None or not (clear and len(marks.across) and len(marks.down)):
        return found
    scale = page.shape[0] / marks.shape[0]
    x0, x1 = reach(cv2.transform((marks.across * scale)[None], turn)[0], 0)
    y0, y1 = reach(cv2.transform((marks.down * scale)[None], turn)[0], 1)
    if not 0 < (x1 - x0) * (y1 - y0) < _SMALL_TABLE * width * height:
        return None
    found = _agreed(upright[y0:y1, x0:x1], coarse.angle_deg, _CLOSE, _LEAST_LINES)
    return None if found is None else replace(found, parallel=False)


def _agreed(upright: Gray, coarse_deg: float, apart_deg: float, least: int) -> SkewEstimate | None:
    """Return the angle that most of the rulings on a nearly upright page agree on."""
    # Rows count downwards: counter-clockwise is level lines rising, upright ones leaning right.
    level = level_lines(upright)
    plumb = level_lines(np.asarray(cv2.transpose(upright), dtype=np.uint8))
    lines = [(-fit.slope, fit.weight) for fit in level] + [(fit.slope, fit.weight) for fit in plumb]
    if len(lines) < least:
        return None
    slopes, weights = np.array(lines).T
    middle = _weighted_median(slopes, weights)
    agree = float(weights[np.abs(slopes - middle) < np.tan(np.radians(apart_deg))].sum() / weights.sum())
    if agree < _LEAST_AGREEMENT:
        return None
    angle = coarse_deg + float(np.degrees(np.arctan(middle)))
    parallel = _run_alike(level, upright.shape[0]) and _run_alike(plumb, upright.shape[1])
    return SkewEstimate(angle, agree * len(lines) / (len(lines) + 2), "rulings", parallel)


def _run_alike(family: list[LineFit], size: int) -> bool:
    """Tell whether lines of one direction, seen over most of this size, hardly differ in slope."""
    if len(family) < _LEAST_FAMILY or np.ptp([fit.y for fit in family]) < _MOST_OF_PAGE * size:
        return False
    slopes = np.array([fit.slope for fit in family])
    apart = np.abs(slopes - np.median(slopes))
    return bool(np.percentile(apart, 90) <= np.tan(np.radians(_ALIKE)))


def _by_text(marks: _Marks, lines: Peak) -> SkewEstimate:
    written = [(marks.strokes, marks.strokes)]
    peak = sharpest_angle(written, np.arange(-_WIDEST, _WIDEST + 0.1, 0.5), 4.0)
    if len(marks.strokes) < _LEAST_MARKS or not _stands_out(marks, peak, lines):
        return _NONE
    near = peak.angle_deg + np.arange(-1.0, 1.01, 0.1)
    exact = sharpest_angle([*written, (marks.across, marks.down)], near, 1.0, soft=True)
    return SkewEstimate(exact.angle_deg, peak.prominence / (peak.prominence + 10), "text")


def _stands_out(marks: _Marks, text: Peak, lines: Peak) -> bool:
    """Return whether the strokes' angle is clear by itself, or clear enough where the lines' is the same."""
    if text.prominence >= _LEAST_PROMINENCE:
        return True
    agreed = (
        len(marks.strokes) >= _LEAST_UNCLEAR and abs(text.angle_deg - lines.angle_deg) <= _WITNESSES_APART
    )
    return agreed and min(text.prominence, lines.prominence) >= _LEAST_OF_TWO


def _weighted_median(values: NDArray[np.float64], weights: NDArray[np.float64]) -> float:
    order = np.argsort(values)
    reached = weights[order].cumsum()
    return float(values[order][np.searchsorted(reached, reached[-1] / 2)])
