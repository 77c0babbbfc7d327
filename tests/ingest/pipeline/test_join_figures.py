"""Figures in one row are one line of writing; columns of characters stay columns."""

import numpy as np
import pytest

from ingest.layout.cells import Cell
from ingest.ocr.rapid import RapidRecogniser
from ingest.pipeline.cut_cells import cut_cells
from ingest.pipeline.join_figures import join_figures, row_by_shape
from ingest.pipeline.read_cells import read_cells
from tests.ingest.drawn_form import write


def row(glyphs: int, fall: int = 0) -> tuple[tuple[int, int, int, int], ...]:
    """Boxes of glyphs from the right, each `fall` lower than the one right of it."""
    return tuple(
        (24 * at, fall * (glyphs - at), 24 * at + 18, fall * (glyphs - at) + 36)
        for at in reversed(range(glyphs))
    )


def test_a_row_of_figures_is_one_line() -> None:
    assert join_figures(row(8), "1688094T") == (0, 0, 7 * 24 + 18, 36)
    assert join_figures(row(4), ["61", "69", "46", "上"]) == (0, 0, 3 * 24 + 18, 36)


def test_anything_else_stays_as_it_is() -> None:
    """Characters, figures going down, or few, or none."""
    assert join_figures(row(8), "民國三十年一月3日") is None
    assert join_figures(row(8, fall=12), "16880944") is None
    assert join_figures(row(2), "16") is None
    assert join_figures((), ()) is None


def test_a_row_is_told_by_the_shape_of_its_pieces() -> None:
    assert row_by_shape(row(8)) == (0, 0, 7 * 24 + 18, 36)
    touching = ((60, 2, 110, 38), (30, 0, 52, 36), (0, 1, 20, 35))
    assert row_by_shape(touching) == (0, 0, 110, 38)


def test_columns_of_characters_are_no_row() -> None:
    """Columns of several glyphs, of unequal length, one below the other, or too few to tell."""
    assert row_by_shape(((60, 0, 100, 190), (0, 0, 42, 188), (120, 0, 160, 185))) is None
    assert row_by_shape(((60, 0, 100, 40), (0, 0, 42, 188), (120, 0, 160, 185))) is None
    assert row_by_shape(row(4, fall=40)) is None
    assert row_by_shape(row(2)) is None
    assert row_by_shape(()) is None


def test_glyphs_side_by_side_that_are_no_figures_stay_columns() -> None:
    page = np.full((200, 400), 235, np.uint8)
    for at, glyph in enumerate("父母妻"):
        page = write(page, glyph, 300 - 90 * at, 60)
    engine = RapidRecogniser()
    cut = cut_cells(page, [Cell(0, 0, 1, 1, (0, 0, 400, 200))], True)
    assert row_by_shape(cut[0].lines) is not None
    (cell,) = read_cells(page, cut, engine, True)
    assert cell.text == "父母妻"
    assert len(cell.lines) == 3


@pytest.mark.parametrize("number", ["T4908861", "H4696156"])
def test_a_number_in_an_upright_cell_is_read_from_the_left(number: str) -> None:
    page = np.full((200, 700), 235, np.uint8)
    for at, glyph in enumerate(number):
        page = write(page, glyph, 120 + 44 * at, 60, vertical=False)
    engine = RapidRecogniser()
    cut = cut_cells(page, [Cell(0, 0, 1, 1, (0, 0, 700, 200))], True)
    assert len(cut[0].lines) >= 3
    (cell,) = read_cells(page, cut, engine, True)
    assert cell.text == number
    assert len(cell.lines) == 1
