"""From ruled lines to a grid: which lines bound cells, and which edges between them are drawn."""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from ingest.layout.close_frame import close_frame
from ingest.layout.judge_edges import Evidence, evidence, piece_depths
from ingest.layout.rulings import Ruling, Rulings

LONG, LEAST_LONG = 0.22, 0.06
"""A line whose longest stretch is this share of its table is believed, if it is also this share of the page's
longer side; brush strokes in a row do not reach so far."""
BROKEN_LONG = 0.4
"""So is one whose stretches together are this share."""
DRAWN = 0.5
"""An edge on such a line is drawn where this share of it is dark: a faded stretch still shows more than
paper."""
TIP = 3
"""How near to its ends, in working pixels, a short line must be dark: writing keeps off the lines."""
DRAWN_SHORT = 0.8
"""A shorter line must lead nearly whole from one crossing line to the next, which writing in a cell does
not; half of it must be stretches of line."""
BARE = 0.15
"""Beside such a line the paper is bare at least on one side, where a row of strokes has other strokes on
both."""
BESIDE = (4, 10)
"""How far from the line that paper is looked at, in working pixels."""
REACHED = 60
"""A line crosses another where it is drawn within this many pixels (of a page 3508 long); one that is drawn
in another part of the table bounds nothing here."""
ONE_RULING = 18
"""Lines nearer than this (pixels of a page 3508 long) are one ruling, such as the two strokes of a double
frame."""


Drawn = NDArray[np.bool_]


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
    gray: NDArray[np.uint8]
    scale: float
    long: float

    @property
    def page(self) -> float:
        """The page's longer side, in its own pixels."""
        return float(max(self.gray.shape)) / self.scale

    def believed(self) -> tuple[Ruling, ...]:
        return tuple(line for line in self.lines if self.believes(line))

    def believes(self, line: Ruling) -> bool:
        """Whether a line is one by its length alone, or by all its stretches where it is broken or dashed."""
        return line.longest >= self.long or line.inked >= BROKEN_LONG / LONG * self.long


def build_grid(rulings: Rulings) -> Grid:
    """Keep the lines that bound cells and note which of their edges are drawn."""
    height, width = _reach(rulings)
    least = LEAST_LONG * max(rulings.shape)
    upright = _Candidates(
        rulings.vertical,
        np.ascontiguousarray(rulings.vertical_ridges.T),
        np.ascontiguousarray(rulings.marks.T),
        np.ascontiguousarray(rulings.gray.T),
        rulings.scale,
        max(LONG * height, least),
    )
    lying = _Candidates(
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


def _bounding(candidates: _Candidates, across: tuple[Ruling, ...]) -> tuple[Ruling, ...]:
    """Keep long lines, and short ones that lead from one crossing line to the next."""
    if len(across) < 2:
        return candidates.believed()
    return tuple(
        line
        for line in candidates.lines
        if candidates.believes(line) or any(_short_drawn(candidates, line, across))
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


def _spans(candidates: _Candidates, across: tuple[Ruling, ...]) -> list[slice]:
    scale = candidates.scale
    return [
        slice(round(start.high * scale) + 2, max(1, round(end.low * scale) - 1))
        for start, end in pairwise(across)
    ]


def _band(candidates: _Candidates, line: Ruling) -> slice:
    return slice(max(0, int(line.low * candidates.scale) - 1), int(line.high * candidates.scale) + 2)


def _shown(
    candidates: _Candidates, lines: tuple[Ruling, ...], across: tuple[Ruling, ...]
) -> list[Evidence | list[bool]]:
    """Collect for each line what its edges between neighbours of `across` show; short lines are judged."""
    edges = _spans(candidates, across)
    return [
        _evidence(candidates, line, edges)
        if candidates.believes(line)
        else _short_drawn(candidates, line, across)
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


def _short_drawn(candidates: _Candidates, line: Ruling, across: tuple[Ruling, ...]) -> list[bool]:
    """Tell which edges between neighbours of `across` a short line draws; only those that reach it count."""
    near = REACHED * candidates.page / 3508
    reaching = [at for at, other in enumerate(across) if _reaches(other, line.position, near)]
    drawn = [False] * (len(across) - 1)
    edges = _spans(candidates, tuple(across[at] for at in reaching))
    for (first, last), shown in zip(
        pairwise(reaching), _leads(candidates, _band(candidates, line), edges), strict=True
    ):
        drawn[first:last] = [shown] * (last - first)
    return drawn


def _reaches(line: Ruling, position: float, near: float) -> bool:
    return any(start - near <= position <= end + near for start, end in line.stretches)


def _leads(candidates: _Candidates, band: slice, edges: list[slice]) -> list[bool]:
    """A short line is drawn where it leads nearly whole from end to end, and on from there where half of it
    is."""
    shares = [_share(candidates, band, edge) for edge in edges]
    bare = [
        share >= DRAWN and any(_bare_beside(candidates, band, edge))
        for share, edge in zip(shares, edges, strict=True)
    ]
    drawn = [
        clear and _leads_through(_dark(candidates, band, edge))
        for clear, edge in zip(bare, edges, strict=True)
    ]
    for places in (range(1, len(edges)), range(len(edges) - 2, -1, -1)):
        for place in places:
            before = place - places.step
            drawn[place] |= drawn[before] and bare[place] and shares[place] >= DRAWN
    return drawn


def _dark(candidates: _Candidates, band: slice, edge: slice) -> Drawn:
    """Mark what is dark along an edge: its stretches of line, and the pieces too short for one that a break
    leaves near its ends."""
    dark = np.maximum(candidates.ridges[band, edge], candidates.marks[band, edge]) > 0
    return np.asarray(dark, dtype=np.bool_)


def _leads_through(dark: Drawn) -> bool:
    """Tell whether a short line goes nearly whole from end to end of an edge."""
    if not dark.size:
        return False
    inked = dark.max(axis=0)
    return bool(dark.mean(axis=1).max() >= DRAWN_SHORT and inked[:TIP].any() and inked[-TIP:].any())


def _evidence(candidates: _Candidates, line: Ruling, edges: list[slice]) -> Evidence:
    band, scale = _band(candidates, line), candidates.scale
    across = (line.low * scale, line.high * scale)
    depths = [piece_depths(candidates.gray, across, (edge.start, edge.stop)) for edge in edges]
    return evidence(depths, [_share(candidates, band, edge) for edge in edges])


def _share(candidates: _Candidates, band: slice, edge: slice) -> float:
    """Give the share of an edge that is dark, along that row of pixels where it is darkest."""
    inked = candidates.ridges[band, edge] > 0
    return float(inked.mean(axis=1).max()) if inked.size else 0.0


def _bare_beside(candidates: _Candidates, band: slice, edge: slice) -> tuple[bool, bool]:
    near, far = BESIDE
    before = candidates.marks[max(0, band.start - far) : max(1, band.start - near), edge]
    after = candidates.marks[band.stop + near : band.stop + far, edge]
    return _is_bare(before), _is_bare(after)


def _is_bare(side: NDArray[np.uint8]) -> bool:
    return side.size > 0 and float((side > 0).mean()) <= BARE
