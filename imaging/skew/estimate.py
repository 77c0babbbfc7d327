"""Estimate a page's skew: coarsely by projection, then exactly by its ruled lines where it has any."""

from dataclasses import dataclass, replace
from typing import Literal

import cv2
import numpy as np
from numpy.typing import NDArray

from imaging.arrays import Gray
from imaging.skew.evidence import shrink
from imaging.skew.gather_marks import Marks, gather_marks
from imaging.skew.projection import LEAST_PROMINENCE, WIDEST, Peak, sharpest_angle
from imaging.skew.rulings import LineFit, both_families, reach
from imaging.skew.text_angle import angle_of_text

_COARSE_LENGTH = 880
_FINE_LENGTH = 1760
_LEAST_LINES = 3
_LEAST_AGREEMENT = 0.5  # of the lines' weight that must lie near their middle
_APART, _CLOSE = 0.15, 0.05  # degrees; written lines, where they pass for ruled ones, agree less
_LEAST_FAMILY, _MOST_OF_PAGE, _ALIKE = 4, 0.5, 0.06  # lines, share of the page, degrees
_CLEARLY_RULED = 25.0  # prominence; columns of writing reach 16
_SMALL_TABLE = 0.6  # of the frame: a larger one is measured with the whole page


@dataclass(frozen=True)
class SkewEstimate:
    """The content's turn in degrees, positive counter-clockwise as seen; confidence from 0 to 1.

    `method`: by its rulings, its lines of text, the paper's own outline; "none" always means that the angle
    is not known, and is told as 0 for want of a better.

    `parallel`: rulings are seen over most of the page, and within either direction run alike, as no page
    photographed aslant shows them.
    """

    angle_deg: float
    confidence: float
    method: Literal["rulings", "text", "outline", "none"]
    parallel: bool = False


_NONE = SkewEstimate(0.0, 0.0, "none")


def estimate_skew(gray: Gray) -> SkewEstimate:
    """Return the skew of a page (H×W uint8) within ±15°; a blank page has method "none" and angle 0."""
    if min(gray.shape) < 64:
        return _NONE
    page = shrink(gray, _FINE_LENGTH)
    marks = gather_marks(shrink(page, _COARSE_LENGTH))
    coarse = _coarse_by_rulings(marks)
    if coarse.prominence >= LEAST_PROMINENCE and not coarse.at_end:
        exact = _exact_by_rulings(page, coarse, marks)
        if exact is not None:
            return exact
    return _by_text(marks, coarse)


def _by_text(marks: Marks, coarse: Peak) -> SkewEstimate:
    found = angle_of_text(marks, coarse)
    if found is None:
        return _NONE
    return SkewEstimate(found.angle_deg, found.prominence / (found.prominence + 10), "text")


def _coarse_by_rulings(marks: Marks) -> Peak:
    lines = [(marks.across, marks.down)]
    peak = sharpest_angle(lines, np.arange(-WIDEST, WIDEST + 0.1, 0.25), 3.0)
    near = peak.angle_deg + np.arange(-0.4, 0.41, 0.05)
    return replace(peak, angle_deg=sharpest_angle(lines, near, 1.0).angle_deg)


def _exact_by_rulings(page: Gray, coarse: Peak, marks: Marks) -> SkewEstimate | None:
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
    level, plumb = both_families(upright)
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


def _weighted_median(values: NDArray[np.float64], weights: NDArray[np.float64]) -> float:
    order = np.argsort(values)
    reached = weights[order].cumsum()
    return float(values[order][np.searchsorted(reached, reached[-1] / 2)])
