"""Lead the ruled lines of a form back to the page they were seen on."""

from collections.abc import Callable, Iterator

import numpy as np
from numpy.typing import NDArray

from ingest.layout.find_cells import FoundForm
from ingest.layout.rulings import Ruling
from ingest.pipeline.results import SeenRules

Points = NDArray[np.float64]
NEAR = 10
"""A line within so many pixels of one of the grid's is that one."""
STEPS = 9


def trace_rules(form: FoundForm, to_master: Callable[[Points], Points]) -> SeenRules:
    """Trace the lines of a form; `to_master` leads points (N × 2) of the page as handed in to the file."""
    bounding = (
        [line.position for grid in form.grids for line in grid.columns],
        [line.position for grid in form.grids for line in grid.rows],
    )
    kept: list[tuple[tuple[float, float], ...]] = []
    rejected: list[tuple[tuple[float, float], ...]] = []
    for upright, lines in ((True, form.rulings.vertical), (False, form.rulings.horizontal)):
        known = bounding[0] if upright else bounding[1]
        for line in lines:
            bounds = any(abs(line.position - place) <= NEAR for place in known)
            for run in _runs(line, upright):
                points = to_master(form.bend.to_page(run))
                (kept if bounds else rejected).append(tuple((float(x), float(y)) for x, y in points))
    return SeenRules(tuple(kept), tuple(rejected))


def _runs(line: Ruling, upright: bool) -> Iterator[Points]:
    for start, end in line.stretches:
        along, across = np.linspace(start, end, STEPS), np.full(STEPS, line.position)
        yield np.column_stack([across, along] if upright else [along, across])
