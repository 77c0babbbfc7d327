"""The sheet's own edges are no lines of a table, even where a mark joins them to it."""

import numpy as np
import pytest

from ingest.layout.find_cells import find_cells
from ingest.layout.find_rulings import find_rulings
from ingest.layout.split_tables import split_tables
from tests.ingest.drawn_form import Gray, blank, rule

COLUMNS, ROWS = (60, 450, 800, 1100, 1700), (100, 300, 620, 1000)


def edged(page: Gray) -> Gray:
    """The same page with the dark edge of the sheet along its left side, and a mark from there to a table."""
    seen = page.copy()
    seen[:, 2:5] = 60
    seen[618:621, 5:60] = 60
    return seen


def places(page: Gray) -> list[list[float]]:
    return [[line.position for line in table.vertical] for table in split_tables(find_rulings(page))]


def test_the_edge_of_the_sheet_joins_no_table() -> None:
    page = edged(rule(blank(), COLUMNS, ROWS))
    edge = find_rulings(page).vertical[0]
    assert edge.position < 8
    assert edge.longest > 1200
    (table,) = places(page)
    np.testing.assert_allclose(table, COLUMNS, atol=2)


@pytest.mark.parametrize("rim", [2, 5, 12])
def test_a_form_cut_off_at_its_frame_keeps_its_cells(rim: int) -> None:
    page = rule(blank(), (rim, 450, 800, 1100, 1753 - rim), (rim, 300, 620, 1239 - rim))
    assert len(find_cells(page).cells) == 12
