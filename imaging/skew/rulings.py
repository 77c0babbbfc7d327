"""Exact angle of ruled lines: a line's centre is found strip by strip and a straight line fitted through."""

from dataclasses import replace

import cv2
import numpy as np

from imaging.arrays import Gray, Points
from imaging.skew.bow import find_bow
from imaging.skew.fit_lines import LineFit, fit_lines
from imaging.skew.trace_lines import trace_lines

__all__ = ["LineFit", "both_families", "reach"]

_UNKNOWN = 0.0026  # slope by which a curve that nobody sees may have turned lines: 0.15°
_FEW_MARKS = 12  # on one line: fewer are written strokes


def both_families(upright: Gray) -> tuple[list[LineFit], list[LineFit]]:
    """Return the level ruled lines of a page upright to about 0.2°, and its upright ones, its sides swapped.

    They come without the curve that they share, sloping as it does in the page's middle; the more it may
    have turned them, the less they weigh. Where the lines of one direction are too few to tell it, they weigh
    little beside others that can.
    """
    level, level_known = _level_family(upright)
    plumb, plumb_known = _level_family(np.asarray(cv2.transpose(upright), dtype=np.uint8))
    if level_known and not plumb_known:
        plumb = _doubted(plumb, _UNKNOWN)
    if plumb_known and not level_known:
        level = _doubted(level, _UNKNOWN)
    return level, plumb


def _level_family(upright: Gray) -> tuple[list[LineFit], bool]:
    """Return the level lines, and whether it is known how they bow."""
    traces = trace_lines(upright)
    bow = find_bow(traces)
    if bow is None:
        return fit_lines(traces), False
    lines = [replace(line, slope=line.slope + bow.at_middle) for line in fit_lines(traces.less(bow.curve))]
    return _doubted(lines, float(np.hypot(bow.doubt, _spread(lines)))), True


def _doubted(lines: list[LineFit], doubt: float) -> list[LineFit]:
    """Return the lines so weighed that together, however many agree, they leave this doubt (dy/dx)."""
    share = 1 / (1 + doubt**2 * sum(line.weight for line in lines))
    return [replace(line, weight=line.weight * share) for line in lines]


def _spread(lines: list[LineFit]) -> float:
    """Return by how much the slopes (dy/dx) of parallel rules differ: one bows more than another."""
    slopes = np.array([line.slope for line in lines])
    return float(np.median(np.abs(slopes - np.median(slopes)))) if lines else 0.0


def reach(marks: Points, axis: int) -> tuple[int, int]:
    """Return from where to where, along an axis, the marks of the fullest lines run.

    `marks` are of an upright page; lines along x (axis 0) gather marks of one y, and the other way round.
    """
    if len(marks) < 2 * _FEW_MARKS:
        return 0, 0
    across = marks[:, 1 - axis]
    lines = ((across - across.min()) / 3).astype(int)
    counts = np.bincount(lines)
    full = counts >= max(_FEW_MARKS, 0.4 * int(counts.max()))
    low, high = np.percentile(marks[full[lines], axis], (3, 97)) if full.any() else (0, 0)
    return max(0, int(low)), int(high)
