"""A straight line through most places of each traced line, all lines at once."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from imaging.skew.seen_median import seen_median
from imaging.skew.trace_lines import LEAST_SHARE, STRIPS, Traces

_MOST_OFF = 6.0  # pixels that a strip counts as off its line at most
_ROUNDS = 3
_LEAST_KEPT = LEAST_SHARE * STRIPS * 0.8
_MOST_SPREAD = 0.95  # pixels, of the strips that a line keeps

Array = NDArray[np.float64]


@dataclass(frozen=True)
class LineFit:
    """One ruled line: its slope (dy/dx) off the coarse angle, its weight, and its middle in pixels.

    The weight is the slope's inverse variance, up to a factor that all lines share.
    """

    slope: float
    weight: float
    x: float
    y: float


def fit_lines(traces: Traces) -> list[LineFit]:
    """Return the traces' lines, outliers (writing, stains) left out; none for a trace in which none holds."""
    x, y = traces.x, traces.places
    y = y[np.isfinite(y).sum(axis=1) >= _LEAST_KEPT]
    if not len(y):
        return []
    slope, held, keep = _first_slopes(x, y), np.ones(len(y), dtype=bool), np.isfinite(y)
    for _ in range(_ROUNDS):
        rest = y - slope[:, None] * x
        off = np.abs(rest - seen_median(np.where(keep, rest, np.nan))[:, None])
        keep = off <= np.maximum(0.35, 2.5 * seen_median(off))[:, None]
        held &= keep.sum(axis=1) >= _LEAST_KEPT
        slope = _least_squares(x, y, keep)
    return _judged(x, y[held], slope[held], keep[held])


def _first_slopes(x: Array, y: Array) -> Array:
    """Return the median slope between each line's places of its first half and those of its second."""
    order = np.argsort(np.isnan(y), axis=1, kind="stable")
    along, seen = x[order], np.take_along_axis(y, order, axis=1)
    half = np.isfinite(y).sum(axis=1)[:, None] // 2
    first = np.arange(y.shape[1] // 2)
    second = np.minimum(first + half, y.shape[1] - 1)
    rise = np.take_along_axis(seen, second, axis=1) - seen[:, : len(first)]
    run = np.take_along_axis(along, second, axis=1) - along[:, : len(first)]
    return seen_median(np.where(first < half, rise / np.where(first < half, run, 1.0), np.nan))


def _least_squares(x: Array, y: Array, keep: NDArray[np.bool_]) -> Array:
    spread, rise = _about_middle(x, keep), _about_middle(y, keep)
    return np.asarray((spread * rise).sum(axis=1) / np.maximum((spread**2).sum(axis=1), 1e-9))


def _about_middle(values: Array, keep: NDArray[np.bool_]) -> Array:
    """Return the kept values less their mean, line by line; nought for the others."""
    return np.asarray(np.where(keep, values - _mean(values, keep)[:, None], 0.0))


def _mean(values: Array, keep: NDArray[np.bool_]) -> Array:
    return np.asarray(np.where(keep, values, 0.0).sum(axis=1) / np.maximum(keep.sum(axis=1), 1))


def _judged(x: Array, y: Array, slope: Array, keep: NDArray[np.bool_]) -> list[LineFit]:
    rest = y - slope[:, None] * x
    straight = np.sqrt(_mean(_about_middle(rest, keep) ** 2, keep)) < _MOST_SPREAD
    # What bows at its ends leans by chance: such a line counts by all of its strips.
    seen = np.isfinite(y)
    off = np.minimum(np.abs(rest - _mean(rest, keep)[:, None]), _MOST_OFF)
    error = np.sqrt(_mean(off**2, seen)) + 0.05
    weight = (_about_middle(x, keep) ** 2).sum(axis=1) / error**2
    columns = (column[straight].tolist() for column in (slope, weight, _mean(x, keep), _mean(y, keep)))
    return [LineFit(*row) for row in zip(*columns, strict=True)]
