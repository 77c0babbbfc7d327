"""Exact angle of ruled lines: a line's centre is found strip by strip and a straight line fitted through."""

from dataclasses import replace

import numpy as np

from imaging.arrays import Gray, Points
from imaging.skew.bow import find_bow
from imaging.skew.fit_lines import LineFit, fit_lines
from imaging.skew.trace_lines import trace_lines

__all__ = ["LineFit", "level_lines", "reach"]

_FEW_MARKS = 12  # on one line: fewer are written strokes


def level_lines(upright: Gray) -> list[LineFit]:
    """Return the level ruled lines of a page that is already upright to about 0.2°.

    They come without the curve that they share; the more it may have turned them, the less they weigh.
    """
    traces = trace_lines(upright)
    bow = find_bow(traces)
    if bow is None:
        return fit_lines(traces)
    lines = fit_lines(traces.less(bow.curve))
    # Together they know the turn no better than the doubt leaves it, however many agree.
    doubt = bow.doubt**2 + _spread(lines) ** 2
    share = 1 / (1 + doubt * sum(line.weight for line in lines))
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
