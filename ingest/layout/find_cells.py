"""From a straightened page to its ruled cells, on paper laid flat."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from ingest.layout.build_grid import Grid, build_grid
from ingest.layout.cells import Cell, cells
from ingest.layout.enlarged import enlarged
from ingest.layout.estimate_bend import FLAT, Bend, estimate_bend
from ingest.layout.find_rulings import find_ridges, lines_along, with_dashes
from ingest.layout.lift_ink import painted_over
from ingest.layout.rulings import Ridges, Rulings
from ingest.layout.split_tables import split_tables

Gray = NDArray[np.uint8]


@dataclass(frozen=True, slots=True, eq=False)
class FoundForm:
    """What is ruled on a page: its lines, grids and cells, in pixels of `gray`, the page laid flat.

    `bend` leads from there to the page as it was handed in; it does nothing where the page was flat. `grids`
    has one a table; the cells count rows and columns over the whole page.
    """

    gray: Gray
    bend: Bend
    rulings: Rulings
    grids: tuple[Grid, ...]
    cells: tuple[Cell, ...]


def find_cells(gray: Gray, strokes: Gray | None = None) -> FoundForm:
    """Find the cells of a deskewed page (H × W); there are none where no form is ruled.

    `strokes` marks where red strokes cancel entries: no line is sought along them.
    """
    ridges, bend = _bent(gray if strokes is None else painted_over(gray, strokes))
    if bend is not FLAT:
        gray = bend.flatten(gray)
        plain = gray if strokes is None else painted_over(gray, _flat_strokes(strokes, bend))
        ridges = with_dashes(find_ridges(plain))
    rulings = lines_along(ridges)
    grids = tuple(grid for table in split_tables(rulings) if (grid := build_grid(table)).found)
    return FoundForm(gray, bend, rulings, grids, _counted(grids))


def _flat_strokes(strokes: Gray, bend: Bend) -> Gray:
    """Lay strokes flat at half their size, for a third of the time: their marks are coarser still."""
    return enlarged(bend.flatten(np.ascontiguousarray(strokes[::2, ::2]), 2), 2, strokes.shape)


def _bent(gray: Gray) -> tuple[Ridges, Bend]:
    """Tell how a page is bowed by its whole lines, and by its dashed ones too where those do not tell."""
    whole = find_ridges(gray)
    bend = estimate_bend(whole)
    if bend is not FLAT:
        return whole, bend
    ridges = with_dashes(whole)
    return ridges, FLAT if ridges is whole else estimate_bend(ridges)


def _counted(grids: Sequence[Grid]) -> tuple[Cell, ...]:
    """Number the cells of all tables by the lines of all tables, as if they were one."""
    if len(grids) < 2:
        return tuple(cell for grid in grids for cell in cells(grid))
    columns = sorted(line.position for grid in grids for line in grid.columns)
    rows = sorted(line.position for grid in grids for line in grid.rows)
    found = [_placed(cell, grid, columns, rows) for grid in grids for cell in cells(grid)]
    return tuple(sorted(found, key=lambda cell: (cell.row, cell.col)))


def _placed(cell: Cell, grid: Grid, columns: Sequence[float], rows: Sequence[float]) -> Cell:
    left, right = (
        bisect_left(columns, grid.columns[at].position) for at in (cell.col, cell.col + cell.col_span)
    )
    top, bottom = (bisect_left(rows, grid.rows[at].position) for at in (cell.row, cell.row + cell.row_span))
    return replace(cell, row=top, col=left, row_span=bottom - top, col_span=right - left)
