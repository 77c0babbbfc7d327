"""Tell the tables of a page apart: lines that meet belong together, whatever else is on the page does not."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from ingest.layout.rulings import Ruling, Rulings

MEETING = 36
"""Lines meet though a break keeps them this many pixels apart (of a page 3508 long)."""
BRIDGED = 130
"""Two stretches of one line belong together across a break of this length."""
LEAST_LINES = 2
RIM, OUT = 14, 2
"""A line so near to the page's rim (of a page 3508 long) that runs out of the page is the sheet's own edge; a
table's frame, should it lie there, is closed again where the lines that cross it end."""


@dataclass(frozen=True, slots=True)
class _Stretch:
    """One inked part of a line: which line, where it lies across, and its ends along."""

    line: int
    position: float
    start: float
    end: float


def split_tables(rulings: Rulings) -> tuple[Rulings, ...]:
    """Return the rulings table by table, from the top; lines that meet no others are in none."""
    unit = max(rulings.shape) / 3508
    rulings = _without_edges(rulings, RIM * unit)
    upright, lying = _stretches(rulings.vertical), _stretches(rulings.horizontal)
    groups = _groups(upright, lying, MEETING * unit, BRIDGED * unit)
    tables = [
        replace(
            rulings,
            vertical=_of_group(rulings.vertical, upright, groups[: len(upright)] == group),
            horizontal=_of_group(rulings.horizontal, lying, groups[len(upright) :] == group),
        )
        for group in np.unique(groups)
    ]
    usable = [
        table for table in tables
        if min(len(table.vertical), len(table.horizontal)) >= LEAST_LINES
    ]  # fmt: skip
    return tuple(sorted(usable, key=lambda table: table.horizontal[0].low))


def _without_edges(rulings: Rulings, rim: float) -> Rulings:
    """Leave out the sheet's own edges: a stain that meets both would join them to a table."""
    height, width = rulings.shape
    return replace(
        rulings,
        vertical=tuple(line for line in rulings.vertical if not _is_edge(line, width, height, rim)),
        horizontal=tuple(line for line in rulings.horizontal if not _is_edge(line, height, width, rim)),
    )


def _is_edge(line: Ruling, across: int, along: int, rim: float) -> bool:
    outermost = min(line.position, across - line.position) <= rim
    return outermost and (line.stretches[0][0] <= OUT or line.stretches[-1][1] >= along - OUT)


def _stretches(lines: Sequence[Ruling]) -> list[_Stretch]:
    return [
        _Stretch(place, line.position, start, end)
        for place, line in enumerate(lines)
        for start, end in line.stretches
    ]


def _groups(
    upright: Sequence[_Stretch], lying: Sequence[_Stretch], meeting: float, bridged: float
) -> NDArray[np.intp]:
    """Number the stretches, upright ones first, so that those that hang together share a number."""
    group = np.arange(len(upright) + len(lying))

    def join(one: int, other: int) -> None:
        if group[one] != group[other]:
            group[group == group[other]] = group[one]

    starts, ends, places = (
        np.array([getattr(stretch, name) for stretch in lying]) for name in ("start", "end", "position")
    )
    for one, stretch in enumerate(upright):
        inside = (places >= stretch.start - meeting) & (places <= stretch.end + meeting)
        reached = (starts - meeting <= stretch.position) & (ends + meeting >= stretch.position)
        for other in np.flatnonzero(inside & reached):
            join(one, len(upright) + int(other))
    for first, stretches in ((0, upright), (len(upright), lying)):
        for place, (before, after) in enumerate(pairwise(stretches)):
            if before.line == after.line and after.start - before.end <= bridged:
                join(first + place, first + place + 1)
    return group


def _of_group(
    lines: Sequence[Ruling], stretches: Sequence[_Stretch], chosen: NDArray[np.bool_]
) -> tuple[Ruling, ...]:
    kept: dict[int, list[tuple[float, float]]] = {}
    for stretch, taken in zip(stretches, chosen, strict=True):
        if taken:
            kept.setdefault(stretch.line, []).append((stretch.start, stretch.end))
    return tuple(
        Ruling(lines[line].low, lines[line].high, tuple(parts)) for line, parts in sorted(kept.items())
    )
