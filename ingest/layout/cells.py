"""From a grid to its cells, whole ones too where no line is drawn between grid positions."""

from dataclasses import dataclass

from ingest.layout.build_grid import Grid

INSET = 3
"""How far inside its lines a cell is cut, in pixels."""
NARROWEST = 16

Place = tuple[int, int]
Box = tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: grid row and column of its top left corner, how many it spans, and its inside in pixels.

    `box` is x0, y0, x1, y1, the far edges outside; `ruled` is the same up to the middles of its lines.
    """

    row: int
    col: int
    row_span: int
    col_span: int
    box: Box
    ruled: Box | None = None

    @property
    def whole(self) -> Box:
        """The cell up to the middles of its lines, or its inside where those are not known."""
        return self.ruled or self.box


def cells(grid: Grid) -> tuple[Cell, ...]:
    """Cut the grid into cells, in rows from the top and from left to right within a row."""
    found = [_cell(grid, *rectangle) for region in _regions(grid) for rectangle in _rectangles(region)]
    usable = (cell for cell in found if _width(cell) >= NARROWEST and _height(cell) >= NARROWEST)
    return tuple(sorted(usable, key=lambda cell: (cell.row, cell.col)))


def _regions(grid: Grid) -> list[set[Place]]:
    """Join grid positions that no drawn edge parts."""
    height, width = len(grid.rows) - 1, len(grid.columns) - 1
    left = {(row, col) for row in range(height) for col in range(width)}
    regions: list[set[Place]] = []
    while left:
        open_ = [left.pop()]
        region = set(open_)
        while open_:
            for place in _joined(grid, open_.pop()):
                if place in left:
                    left.discard(place)
                    region.add(place)
                    open_.append(place)
        regions.append(region)
    return regions


def _joined(grid: Grid, place: Place) -> list[Place]:
    row, col = place
    return [
        *([(row, col - 1)] if col > 0 and not grid.upright[row, col] else []),
        *([(row, col + 1)] if col + 2 < len(grid.columns) and not grid.upright[row, col + 1] else []),
        *([(row - 1, col)] if row > 0 and not grid.lying[row, col] else []),
        *([(row + 1, col)] if row + 2 < len(grid.rows) and not grid.lying[row + 1, col] else []),
    ]


def _rectangles(region: set[Place]) -> list[tuple[int, int, int, int]]:
    """Cut a region into rectangles (row, col, row span, col span): one, unless a gap in a line made it
    jagged."""
    done: list[list[int]] = []
    for row in sorted({row for row, _ in region}):
        for col, span in _runs(sorted(col for r, col in region if r == row)):
            above = next((r for r in done if r[1] == col and r[3] == span and r[0] + r[2] == row), None)
            if above:
                above[2] += 1
            else:
                done.append([row, col, 1, span])
    return [(row, col, down, span) for row, col, down, span in done]


def _runs(columns: list[int]) -> list[tuple[int, int]]:
    """List the runs of neighbours (first, how many) among sorted columns."""
    runs: list[tuple[int, int]] = []
    for col in columns:
        if runs and col == sum(runs[-1]):
            runs[-1] = (runs[-1][0], runs[-1][1] + 1)
        else:
            runs.append((col, 1))
    return runs


def _cell(grid: Grid, row: int, col: int, down: int, along: int) -> Cell:
    left, right = grid.columns[col], grid.columns[col + along]
    top, bottom = grid.rows[row], grid.rows[row + down]
    inside = (
        round(left.high) + INSET,
        round(top.high) + INSET,
        round(right.low) - INSET,
        round(bottom.low) - INSET,
    )
    x0, y0, x1, y1 = (round(line.position) for line in (left, top, right, bottom))
    return Cell(row, col, down, along, inside, (x0, y0, x1, y1))


def _width(cell: Cell) -> int:
    return cell.box[2] - cell.box[0]


def _height(cell: Cell) -> int:
    return cell.box[3] - cell.box[1]
