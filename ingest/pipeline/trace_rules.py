"""Lead the ruled lines of a form back to the page they were seen on."""

from collections.abc import Callable

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
    columns = [line.position for grid in form.grids for line in grid.columns]
    rows = [line.position for grid in form.grids for line in grid.rows]
    runs: list[Points] = []
    bounds: list[bool] = []
    for lines, known in ((form.rulings.vertical, columns), (form.rulings.horizontal, rows)):
        for line in lines:
            runs += (_run(line, stretch, upright=known is columns) for stretch in line.stretches)
            bounds += [any(abs(line.position - place) <= NEAR for place in known)] * len(line.stretches)
    if not runs:
        return SeenRules((), ())
    # All at once: each way back takes little longer for all points than for those of one run.
    traced = to_master(form.bend.to_page(np.concatenate(runs))).reshape(len(runs), STEPS, 2).tolist()
    traces = [tuple((x, y) for x, y in points) for points in traced]
    kept, rejected = (
        tuple(trace for trace, one in zip(traces, bounds, strict=True) if one == wanted)
        for wanted in (True, False)
    )
    return SeenRules(kept, rejected)


def _run(line: Ruling, stretch: tuple[float, float], *, upright: bool) -> Points:
    along, across = np.linspace(*stretch, STEPS), np.full(STEPS, line.position)
    return np.column_stack([across, along] if upright else [along, across])
