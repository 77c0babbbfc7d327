"""Exact angle of ruled lines: a line's centre is found strip by strip and a straight line fitted through."""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from imaging.arrays import Gray, Points
from imaging.small_median import small_median

_STRIPS = 32
_MOST_LINES = 24  # the fullest ones; more would sharpen nothing
_REACH = 3  # pixels from a line's middle to the paper beside it
_LEAST_RIDGE = 3.0  # grey levels darker than the paper on both sides, averaged over a strip
_LEAST_SHARE = 0.5  # of a line's strips that must agree on it
_FEW_MARKS = 12  # on one line: fewer are written strokes
_MOST_OFF = 6.0  # pixels that a strip counts as off its line at most
_WINDOW = 4  # pixels by which a strip's line may lie off the page's line


@dataclass(frozen=True)
class LineFit:
    """One ruled line: its slope (dy/dx) off the coarse angle, its weight, and its middle in pixels."""

    slope: float
    weight: float
    x: float
    y: float


def level_lines(upright: Gray) -> list[LineFit]:
    """Return the level ruled lines of a page that is already upright to about 0.2°."""
    height, width = upright.shape
    if height < 16 or width < _STRIPS * 4:
        return []
    pitch = width // _STRIPS
    whole = upright[:, : pitch * _STRIPS]
    strips = cv2.resize(whole, (_STRIPS, height), interpolation=cv2.INTER_AREA).astype(np.float32).T
    ridges = np.zeros_like(strips)
    inner = strips[:, _REACH:-_REACH]
    ridges[:, _REACH:-_REACH] = np.minimum(strips[:, : -2 * _REACH], strips[:, 2 * _REACH :]) - inner
    np.clip(ridges, 0, None, out=ridges)
    centres = (np.arange(_STRIPS) + 0.5) * pitch
    fits = (_fit(ridges, centres, row) for row in _rows(ridges))
    return [fit for fit in fits if fit is not None]


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


def _rows(ridges: NDArray[np.float32]) -> list[int]:
    """Return rows on which most strips show a ridge, each once."""
    seen = cv2.dilate((ridges >= _LEAST_RIDGE).astype(np.uint8), np.ones((1, 2 * _WINDOW - 1), np.uint8))
    share = seen.mean(axis=0) + 1e-4 * cv2.blur(ridges.mean(axis=0)[None], (5, 1))[0]
    rows: list[int] = []
    for row in np.argsort(share)[::-1]:
        if share[row] < _LEAST_SHARE or len(rows) >= _MOST_LINES:
            break
        if all(abs(int(row) - other) > 2 * _WINDOW for other in rows):
            rows.append(int(row))
    return rows


def _fit(ridges: NDArray[np.float32], centres: NDArray[np.float64], row: int) -> LineFit | None:
    low, high = max(0, row - 2 * _WINDOW), row + 2 * _WINDOW + 1
    window = ridges[:, low:high].astype(np.float64) ** 2
    mass = window.sum(axis=1)
    there = window.max(axis=1) >= _LEAST_RIDGE**2
    if there.sum() < _LEAST_SHARE * _STRIPS:
        return None
    places = (window @ np.arange(low, low + window.shape[1]))[there] / mass[there]
    return _robust_line(centres[there], places)


def _robust_line(x: NDArray[np.float64], y: NDArray[np.float64]) -> LineFit | None:
    """Return the line through most points, the outliers (writing, stains) left out; None if none holds."""
    pairs = _pair_slopes(x, y)
    slope = float(small_median(pairs))
    keep = np.ones(len(x), dtype=bool)
    for _ in range(3):
        rest = y - slope * x
        off = np.abs(rest - small_median(rest[keep]))
        keep = off <= max(0.35, 2.5 * float(small_median(off)))
        if keep.sum() < _LEAST_SHARE * _STRIPS * 0.8:
            return None
        spread = x[keep] - x[keep].mean()
        slope = float(spread @ (y[keep] - y[keep].mean()) / (spread @ spread))
    rest = y - slope * x
    if float(np.std(rest[keep])) + 0.05 >= 1.0:
        return None
    # What bows at its ends leans by chance: such a line counts by all of its strips.
    off = np.minimum(np.abs(rest - rest[keep].mean()), _MOST_OFF)
    error = float(np.sqrt((off**2).mean())) + 0.05
    return LineFit(slope, float(spread @ spread) / error**2, float(x[keep].mean()), float(y[keep].mean()))


def _pair_slopes(x: NDArray[np.float64], y: NDArray[np.float64]) -> NDArray[np.float64]:
    half = len(x) // 2
    return np.asarray((y[half : 2 * half] - y[:half]) / (x[half : 2 * half] - x[:half]))
