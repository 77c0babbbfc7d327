"""Bowed paper is laid flat, and places on it are found again."""

import numpy as np
import pytest

from ingest.layout.estimate_bend import FLAT, estimate_bend
from ingest.layout.find_cells import find_cells
from ingest.layout.find_rulings import find_rulings
from tests.ingest.drawn_form import Gray, blank, rule, wipe

COLUMNS, ROWS = (150, 450, 800, 1100, 1600), (100, 300, 620, 1000)


def bowed(page: Gray, depth: float) -> Gray:
    """Bow every upright line to the right and every level one down by `depth` at its middle."""
    height, width = page.shape
    ys, xs = np.mgrid[0:height, 0:width].astype(np.float64)
    across = np.clip(np.round(xs - depth * np.sin(np.pi * ys / height)), 0, width - 1).astype(int)
    down = np.clip(np.round(ys - depth * np.sin(np.pi * xs / width)), 0, height - 1).astype(int)
    return page[down, across]


def test_a_straight_page_has_no_bend() -> None:
    """Nothing is laid flat that is flat: the very pixels are kept."""
    page = rule(blank(), COLUMNS, ROWS)
    assert estimate_bend(find_rulings(page)) is FLAT
    assert find_cells(page).gray is page


@pytest.mark.parametrize("depth", [8.0, -15.0])
def test_cells_of_a_bowed_page_are_found_where_they_are(depth: float) -> None:
    """Rules that bow by 15 pixels bound the same cells, whose middles lead back within 3 pixels."""
    page = bowed(rule(blank(), COLUMNS, ROWS), depth)
    form = find_cells(page)
    assert len(form.cells) == 12
    height, width = page.shape
    for cell in form.cells:
        x, y = (COLUMNS[cell.col] + COLUMNS[cell.col + 1]) / 2, (ROWS[cell.row] + ROWS[cell.row + 1]) / 2
        truth = (x + depth * np.sin(np.pi * y / height), y + depth * np.sin(np.pi * x / width))
        x0, y0, x1, y1 = cell.whole
        seen = form.bend.to_page([((x0 + x1) / 2, (y0 + y1) / 2)])[0]
        assert np.abs(seen - truth).max() <= 3


def test_a_box_of_the_flat_page_holds_its_place_on_the_bowed_one() -> None:
    """The box on the page as it is contains every point of the flat one, and hardly more."""
    form = find_cells(bowed(rule(blank(), COLUMNS, ROWS), 12.0))
    box = form.cells[5].box
    x0, y0, x1, y1 = form.bend.box_to_page(box)
    corners = form.bend.to_page([(box[0], box[1]), (box[2], box[1]), (box[2], box[3]), (box[0], box[3])])
    assert (corners >= (x0, y0)).all()
    assert (corners <= (x1, y1)).all()
    assert (x1 - x0) - (box[2] - box[0]) <= 14


def test_a_frame_open_on_a_side_is_closed() -> None:
    """The level rules all end where the left side of the frame was: the cells there are found."""
    page = wipe(rule(blank(), COLUMNS, ROWS), 140, 106, 156, 294)
    page = wipe(wipe(page, 140, 306, 156, 614), 140, 626, 156, 994)
    assert len(find_cells(page).cells) == 12


def test_two_tables_do_not_disturb_one_another() -> None:
    """A household's table above another's with other columns: cells of both, numbered over the page."""
    above = rule(blank(), (150, 500, 900, 1600), (80, 240, 500))
    both = rule(above, (150, 700, 1250, 1600), (700, 900, 1150))
    found = find_cells(both)
    assert len(found.grids) == 2
    assert len(found.cells) == 12
    assert len({(cell.row, cell.col) for cell in found.cells}) == 12


def test_dashed_rules_bound_cells() -> None:
    """A level rule in dashes of 12 pixels with gaps of 12 is a rule."""
    page = rule(blank(), COLUMNS, ROWS)
    for start in range(160, 1590, 24):
        page = wipe(page, start, 295, start + 12, 306)
    assert len(find_cells(page).cells) == 12
