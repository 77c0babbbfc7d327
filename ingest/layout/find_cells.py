"""From a straightened page to its ruled cells, on paper laid flat."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ingest.layout.build_grid import Grid, build_grid
from ingest.layout.cells import Cell, cells
from ingest.layout.estimate_bend import FLAT, Bend, estimate_bend
from ingest.layout.find_rulings import find_rulings
from ingest.layout.rulings import Rulings

Gray = NDArray[np.uint8]


@dataclass(frozen=True, slots=True, eq=False)
class FoundForm:
    """What is ruled on a page: its lines, grid and cells, in pixels of `gray`, the page laid flat.

    `bend` leads from there to the page as it was handed in; it does nothing where the page was flat.
    """

    gray: Gray
    bend: Bend
    rulings: Rulings
    grid: Grid
    cells: tuple[Cell, ...]


def find_cells(gray: Gray) -> FoundForm:
    """Find the cells of a deskewed page (H × W); there are none where no form is ruled."""
    rulings = find_rulings(gray)
    bend = estimate_bend(rulings)
    if bend is not FLAT:
        gray = bend.flatten(gray)
        rulings = find_rulings(gray)
    grid = build_grid(rulings)
    return FoundForm(gray, bend, rulings, grid, cells(grid) if grid.found else ())
