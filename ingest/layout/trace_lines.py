"""Follow ruled lines strip by strip, so that one that bows is still one line."""

from collections.abc import Iterator

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
    open_: list[list[tuple[float, float]]] = []
    done: list[list[tuple[float, float]]] = []
    for at, strip in enumerate(_strips(ridges)):
        along = (at + 0.5) * pitch
        open_, ended = _split(open_, along - (SKIPPED + 0.5) * pitch)
        done += ended
        for place in strip:
            nearest = min(open_, key=lambda line: abs(_expected(line, along) - place), default=None)
            gap = np.inf if nearest is None else abs(_expected(nearest, along) - place)
            if nearest is not None and gap <= STEP and nearest[-1][0] < along:
                nearest.append((along, place))
            else:
                open_.append([(along, place)])
    return [np.array(line) for line in [*done, *open_] if len(line) >= LEAST_STRIPS]


def _split(
    lines: list[list[tuple[float, float]]], since: float
) -> tuple[list[list[tuple[float, float]]], list[list[tuple[float, float]]]]:
    going = [line for line in lines if line[-1][0] >= since]
    return going, [line for line in lines if line[-1][0] < since]


def _expected(line: list[tuple[float, float]], along: float) -> float:
    """Lead a line on as it went over its last few strips."""
    if len(line) < 4:
        return line[-1][1]
    (before, low), (last, place) = line[-4], line[-1]
    return place + (place - low) / (last - before) * (along - last)


def _strips(ridges: Ridges) -> Iterator[list[float]]:
    """Give for each strip from the left where lines lie across it."""
    shares = cv2.resize(ridges, (STRIPS, ridges.shape[0]), interpolation=cv2.INTER_AREA)
    for share in np.asarray(shares, dtype=np.float64).T / 255:
        marked = np.concatenate(([False], share >= INKED, [False])).astype(np.int8)
        edges = np.flatnonzero(np.diff(marked))
        yield [
            float(np.average(np.arange(start, end) + 0.5, weights=share[start:end]))
            for start, end in zip(edges[::2], edges[1::2], strict=True)
        ]
