"""Follow ruled lines strip by strip, so that one that bows is still one line."""

from itertools import pairwise

import cv2
import numpy as np
from numpy.typing import NDArray

Ridges = NDArray[np.uint8]
Trace = NDArray[np.float64]
"""N × 2: how far along the line, and where it lies across, in working pixels."""

STRIPS = 40
INKED = 0.3
"""A strip shows a line where this share of its length is ridge."""
STEP = 2.5
"""From strip to strip a line moves no further than this, in working pixels."""
SKIPPED = 4
"""A break no longer than so many strips is bridged."""
LEAST_STRIPS = 9


def trace_lines(ridges: Ridges) -> list[Trace]:
    """Trace the level lines of a mask (H × W, 255 on a line); shorter ones than about a quarter page are left
    out."""
    pitch = ridges.shape[1] / STRIPS
    lines: list[list[tuple[float, float]]] = []
    going: list[list[tuple[float, float]]] = []
    for at, places in enumerate(_strips(ridges)):
        along = (at + 0.5) * pitch
        going = [line for line in going if line[-1][0] >= along - (SKIPPED + 0.5) * pitch]
        expected = [_expected(line, along) for line in going]
        begun = []
        for place, nearest in zip(places, _nearest(expected, places), strict=True):
            if nearest >= 0 and abs(expected[nearest] - place) <= STEP and going[nearest][-1][0] < along:
                going[nearest].append((along, place))
            else:
                begun.append([(along, place)])
        lines += begun
        going += begun
    return [np.array(line) for line in lines if len(line) >= LEAST_STRIPS]


def _nearest(expected: list[float], places: list[float]) -> list[int]:
    """Give for each place which of the expected ones is nearest, −1 where none is expected."""
    if not expected:
        return [-1] * len(places)
    nearest: list[int] = np.abs(np.subtract.outer(places, expected)).argmin(axis=1).tolist()
    return nearest


def _expected(line: list[tuple[float, float]], along: float) -> float:
    """Lead a line on as it went over its last few strips."""
    if len(line) < 4:
        return line[-1][1]
    (before, low), (last, place) = line[-4], line[-1]
    return place + (place - low) / (last - before) * (along - last)


def _shares(ridges: Ridges) -> NDArray[np.float64]:
    """Give what share of each row is ridge in each strip (STRIPS × H)."""
    edges = np.linspace(0, ridges.shape[1], STRIPS + 1).round().astype(int)
    strips = [ridges[:, start:end] for start, end in pairwise(edges.tolist())]
    sums = [cv2.reduce(strip, 1, cv2.REDUCE_SUM, dtype=cv2.CV_32S)[:, 0] for strip in strips]
    return np.asarray(np.array(sums) / (255 * np.maximum(1, np.diff(edges))[:, None]), dtype=np.float64)


def _strips(ridges: Ridges) -> list[list[float]]:
    """Give for each strip from the left where lines lie across it: the middles of its runs of ridge."""
    strips = _shares(ridges)
    # One more on either side, so that every run begins and ends.
    padded = np.pad(strips, ((0, 0), (1, 1)))
    edges = np.diff((padded >= INKED).astype(np.int8), axis=1)
    sums = padded[:, :-1].cumsum(axis=1)
    moments = (padded[:, :-1] * (np.arange(strips.shape[1] + 1) - 0.5)).cumsum(axis=1)
    starts, ends = np.nonzero(edges > 0), np.nonzero(edges < 0)
    middles = (moments[ends] - moments[starts]) / (sums[ends] - sums[starts])
    firsts = np.searchsorted(starts[0], np.arange(1, STRIPS))
    return [places.tolist() for places in np.split(middles, firsts)]
