"""From ruled lines to a grid: which lines bound cells, and which edges between them are drawn."""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from ingest.layout.candidates import LEAST_LONG, LONG, Candidates
from ingest.layout.close_frame import close_frame
from ingest.layout.judge_edges import Evidence, evidence, piece_depths, unbroken
from ingest.layout.rulings import Ruling, Rulings
from ingest.layout.short_rules import Drawn, short_drawn
from ingest.layout.turned import turned

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


def build_grid(rulings: Rulings) -> Grid:
    """Keep the lines that bound cells and note which of their edges are drawn."""
    height, width = _reach(rulings)
    least = LEAST_LONG * max(rulings.shape)
    upright = Candidates(
        rulings.vertical,
        turned(rulings.vertical_ridges),
        turned(rulings.marks),
        turned(rulings.gray),
        rulings.scale,
        max(LONG * height, least),
    )
    lying = Candidates(
        rulings.horizontal,
        rulings.horizontal_ridges,
        rulings.marks,
        rulings.gray,
        rulings.scale,
        max(LONG * width, least),
    )
    rows = lying.believed()
    columns = _bounding(upright, rows)
    rows = _bounding(lying, columns)
    columns = _bounding(upright, rows)
    apart = ONE_RULING * max(rulings.shape) / 3508
    columns, rows = _merged(columns, apart), _merged(rows, apart)
    unit = max(rulings.shape) / 3508
    columns, rows = close_frame(columns, rows, unit), close_frame(rows, columns, unit)
    level, plumb = _shown(lying, rows, columns), _shown(upright, columns, rows)
    across, down = len(columns) - 1, len(rows) - 1
    parted = _drawn(plumb, down, _drawn(level, across, None))
    return Grid(columns, rows, parted.T, _drawn(level, across, parted))


def _reach(rulings: Rulings) -> tuple[float, float]:
    """Give height and width of the table that the lines make."""
    if not rulings.vertical or not rulings.horizontal:
        return float(rulings.shape[0]), float(rulings.shape[1])
    return _length(rulings.vertical), _length(rulings.horizontal)


def _length(lines: tuple[Ruling, ...]) -> float:
    return max(line.stretches[-1][1] for line in lines) - min(line.stretches[0][0] for line in lines)


def _bounding(candidates: Candidates, across: tuple[Ruling, ...]) -> tuple[Ruling, ...]:
    """Keep long lines, and short ones that lead from one crossing line to the next."""
    if len(across) < 2:
        return candidates.believed()
    return tuple(
        line
        for line in candidates.lines
        if candidates.believes(line)
        or (any(short_drawn(candidates, line, across)) and candidates.runs_straight(line))
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


def _shown(
    candidates: Candidates, lines: tuple[Ruling, ...], across: tuple[Ruling, ...]
) -> list[Evidence | list[bool]]:
    """Collect for each line what its edges between neighbours of `across` show; short lines are judged."""
    edges = candidates.spans(across)
    return [
        _evidence(candidates, line, edges)
        if candidates.believes(line)
        else short_drawn(candidates, line, across)
        for line in lines
    ]


def _drawn(shown: list[Evidence | list[bool]], edges: int, crossed: Drawn | None) -> Drawn:
    """Tell for each line (rows of the answer) which of its edges are drawn.

    A line ends nowhere but on another, so edges that no drawn line parts (`crossed`, rows as the lines
    across) are judged as one.
    """
    drawn = np.zeros((len(shown), max(0, edges)), dtype=np.bool_)
    for place, one in enumerate(shown):
        if not isinstance(one, Evidence):
            drawn[place] = one
            continue
        for first, last in _parts(place, edges, crossed):
            drawn[place, first:last] = one.drawn(first, last)
    return drawn


def _parts(line: int, edges: int, crossed: Drawn | None) -> list[tuple[int, int]]:
    """Divide a line's edges where a drawn line touches it."""
    if crossed is None or edges < 1:
        return [(at, at + 1) for at in range(edges)]
    touching = [at for at in range(1, edges) if crossed[at, max(0, line - 1) : line + 1].any()]
    return list(pairwise([0, *touching, edges]))


def _evidence(candidates: Candidates, line: Ruling, edges: list[slice]) -> Evidence:
    band, scale = candidates.band(line), candidates.scale
    shares = candidates.shares(band, edges)
    if unbroken(shares):
        return Evidence((), tuple(shares), np.inf)
    across = (line.low * scale, line.high * scale)
    return evidence(
        [piece_depths(candidates.gray, across, (edge.start, edge.stop)) for edge in edges], shares
    )
