"""From ruled lines to a grid: which lines bound cells, and which edges between them are drawn."""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from ingest.layout.rulings import Ruling, Rulings

LONG = 0.22
"""A line whose longest stretch is this share of the page is believed; brush strokes in a row do not reach
so far."""
DRAWN = 0.5
"""An edge on such a line is drawn where this share of it is dark: a faded stretch still shows more than
paper."""
DRAWN_SHORT = 0.8
"""A shorter line must lead nearly whole from one crossing line to the next, which writing in a cell does
not."""
BARE = 0.15
"""Beside such a line the paper is bare at least on one side, where a row of strokes has other strokes on
both."""
BESIDE = (4, 10)
"""How far from the line that paper is looked at, in working pixels."""
ONE_RULING = 18
"""Lines nearer than this (pixels of a page 3508 long) are one ruling, such as the two strokes of a double
frame."""


@dataclass(frozen=True, slots=True)
class Grid:
    """A ruled form: its lines, and which of the edges between neighbouring crossings are drawn.

    `upright[r, c]` is the edge on vertical line c between horizontal lines r and r + 1, `lying[r, c]` the
    edge on horizontal line r between vertical lines c and c + 1.
    """

    columns: tuple[Ruling, ...]
    rows: tuple[Ruling, ...]
    upright: NDArray[np.bool_]
    lying: NDArray[np.bool_]

    @property
    def found(self) -> bool:
        """Whether there is a form at all: at least two by two cells."""
        return len(self.columns) > 2 and len(self.rows) > 2


@dataclass(frozen=True, slots=True)
class _Candidates:
    """The lines of one direction, with their ridges turned so that the lines run along axis 1."""

    lines: tuple[Ruling, ...]
    ridges: NDArray[np.uint8]
    marks: NDArray[np.uint8]
    scale: float
    long: float

    def believed(self) -> tuple[Ruling, ...]:
        return tuple(line for line in self.lines if line.longest >= self.long)


def build_grid(rulings: Rulings) -> Grid:
    """Keep the lines that bound cells and note which of their edges are drawn."""
    height, width = rulings.shape
    upright = _Candidates(
        rulings.vertical,
        np.ascontiguousarray(rulings.vertical_ridges.T),
        np.ascontiguousarray(rulings.marks.T),
        rulings.scale,
        LONG * height,
    )
    lying = _Candidates(
        rulings.horizontal, rulings.horizontal_ridges, rulings.marks, rulings.scale, LONG * width
    )
    rows = lying.believed()
    columns = _bounding(upright, rows)
    rows = _bounding(lying, columns)
    columns = _bounding(upright, rows)
    apart = ONE_RULING * max(rulings.shape) / 3508
    columns, rows = _merged(columns, apart), _merged(rows, apart)
    return Grid(columns, rows, _edges(upright, columns, rows).T, _edges(lying, rows, columns))


def _bounding(candidates: _Candidates, across: tuple[Ruling, ...]) -> tuple[Ruling, ...]:
    """Keep long lines, and short ones that lead from one crossing line to the next."""
    if len(across) < 2:
        return candidates.believed()
    drawn = _edges(candidates, candidates.lines, across)
    return tuple(
        line
        for line, edges in zip(candidates.lines, drawn, strict=True)
        if line.longest >= candidates.long or edges.any()
    )


def _merged(lines: tuple[Ruling, ...], apart: float) -> tuple[Ruling, ...]:
    merged: list[Ruling] = []
    for line in lines:
        if merged and line.low - merged[-1].high < apart:
            last = merged.pop()
            merged.append(Ruling(last.low, line.high, tuple(sorted({*last.stretches, *line.stretches}))))
        else:
            merged.append(line)
    return tuple(merged)


def _edges(
    candidates: _Candidates, lines: tuple[Ruling, ...], across: tuple[Ruling, ...]
) -> NDArray[np.bool_]:
    """Tell for each line (rows of the answer) which of its edges between neighbours of `across` are drawn."""
    gaps = list(pairwise(across))
    drawn = np.zeros((len(lines), len(gaps)), dtype=np.bool_)
    scale = candidates.scale
    for place, line in enumerate(lines):
        for gap, (start, end) in enumerate(gaps):
            inside = slice(round(start.high * scale) + 2, max(1, round(end.low * scale) - 1))
            drawn[place, gap] = _drawn(candidates, line, inside)
    return drawn


def _drawn(candidates: _Candidates, line: Ruling, inside: slice) -> bool:
    low, high = int(line.low * candidates.scale) - 1, int(line.high * candidates.scale) + 2
    band = candidates.ridges[max(0, low) : high, inside]
    share = float((band > 0).mean(axis=1).max()) if band.size else 0.0
    if line.longest >= candidates.long:
        return share >= DRAWN
    return share >= DRAWN_SHORT and _bare_beside(candidates.marks, low, high, inside)


def _bare_beside(marks: NDArray[np.uint8], low: int, high: int, inside: slice) -> bool:
    near, far = BESIDE
    before = marks[max(0, low - far) : max(1, low - near), inside]
    after = marks[high + near : high + far, inside]
    return any(side.size > 0 and float((side > 0).mean()) <= BARE for side in (before, after))
