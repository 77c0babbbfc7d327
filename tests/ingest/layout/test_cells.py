"""Cells come out as the form was ruled, merged where no line is drawn."""

import cv2
import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.layout.build_grid import build_grid
from ingest.layout.cells import Cell, cells
from ingest.layout.find_rulings import find_rulings
from tests.ingest.drawn_form import Gray, blank, rule, wipe, write

COLUMNS, ROWS = (150, 450, 800, 1100, 1600), (100, 300, 620, 1000)


def found_on(page: Gray) -> tuple[Cell, ...]:
    return cells(build_grid(find_rulings(page)))


def spans(page: Gray) -> list[tuple[int, int, int, int]]:
    return [(cell.row, cell.col, cell.row_span, cell.col_span) for cell in found_on(page)]


def positions(most: int) -> st.SearchStrategy[tuple[int, ...]]:
    steps = st.lists(st.integers(130, 300), min_size=3, max_size=most)
    return steps.map(lambda gaps: tuple(int(end) for end in np.cumsum([80, *gaps])))


@settings(max_examples=8, deadline=None)
@given(columns=positions(5), rows=positions(3))
def test_every_cell_of_any_grid_is_found(columns: tuple[int, ...], rows: tuple[int, ...]) -> None:
    """As many cells as were ruled, each inside its lines and nearly as large."""
    found = found_on(rule(blank(), columns, rows))
    assert len(found) == (len(columns) - 1) * (len(rows) - 1)
    for cell in found:
        ruled = (columns[cell.col], rows[cell.row], columns[cell.col + 1], rows[cell.row + 1])
        assert np.abs(np.subtract(cell.box, ruled)).max() <= 9
        assert cell.box[0] > ruled[0]
        assert cell.box[2] < ruled[2]


def test_cells_are_merged_where_a_line_is_missing() -> None:
    """A missing edge joins two cells; an edge broken in its middle does not."""
    page = rule(blank(), COLUMNS, ROWS)
    joined = wipe(page, 440, 306, 460, 614)
    assert (1, 0, 1, 2) in spans(joined)
    assert len(spans(joined)) == len(spans(page)) - 1
    broken = wipe(page, 440, 400, 460, 470)
    assert spans(broken) == spans(page)


def test_a_short_rule_broken_near_its_end_bounds_cells() -> None:
    """A rule of one column alone, with a gap that leaves a piece too short to be sought as a line."""
    page = rule(blank(), COLUMNS, (100, 620, 1000))
    page[300:304, 450:800] = 60
    whole = spans(page)
    assert len(whole) == len(spans(rule(blank(), COLUMNS, (100, 620, 1000)))) + 1
    assert spans(wipe(page, 480, 290, 496, 314)) == whole


def test_a_cell_over_two_rows_and_two_columns_is_one() -> None:
    """The cross between four cells is gone: one cell of two by two."""
    page = wipe(rule(blank(), COLUMNS, ROWS), 156, 290, 794, 310)
    page = wipe(page, 440, 106, 460, 614)
    assert (0, 0, 2, 2) in spans(page)


def test_a_jagged_gap_gives_rectangles() -> None:
    """Three of four cells joined are cut into rectangles; none is lost, none overlaps."""
    page = wipe(rule(blank(), COLUMNS, ROWS), 440, 106, 460, 294)
    page = wipe(page, 156, 290, 444, 310)
    covered = [
        (row + down, col + along)
        for row, col, row_span, col_span in spans(page)
        for down in range(row_span)
        for along in range(col_span)
    ]
    assert sorted(covered) == [(row, col) for row in range(3) for col in range(4)]


def test_the_two_strokes_of_a_double_frame_are_one_line() -> None:
    """A thick and a thin stroke side by side bound no cell between them."""
    double = rule(
        rule(blank(), COLUMNS, ROWS), (COLUMNS[0] - 6, COLUMNS[-1] + 6), (ROWS[0] - 6, ROWS[-1] + 6)
    )
    assert spans(double) == spans(rule(blank(), COLUMNS, ROWS))


def test_writing_cuts_no_cell() -> None:
    """Columns of strokes that fill a cell leave it whole."""
    columns, rows = (300, 900, 1500, 3000), (300, 700, 1400, 2200)
    page = rule(blank(2480, 3508), columns, rows)
    written = write(write(page, "十年十中十川", 560, 320, size=56), "申中十年中十年", 1900, 720, size=80)
    assert spans(written) == spans(page)


def test_a_page_without_lines_has_no_cells() -> None:
    """Writing alone is no form."""
    assert not build_grid(find_rulings(write(blank(), "戶口調查簿", 600, 200))).found


def test_writing_between_lines_that_do_not_reach_it_parts_no_cell() -> None:
    """Stems as long as the gap between two lines of another column bound nothing in their own."""
    gray = np.full((1400, 1754), 225, np.uint8)
    for x in (100, 500, 900, 1300, 1650):
        cv2.line(gray, (x, 100), (x, 1300), 40, 3)
    for y in (100, 700, 1300):
        cv2.line(gray, (100, y), (1650, y), 40, 3)
    for y in (300, 360):
        cv2.line(gray, (1300, y), (1650, y), 40, 3)
    cv2.line(gray, (700, 290), (700, 372), 40, 3)
    assert len(found_on(gray)) == 10
