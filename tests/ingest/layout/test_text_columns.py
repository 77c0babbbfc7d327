"""The writing of a cell is cut into its lines."""

import numpy as np
import pytest

from ingest.layout.find_ink import stroke_depth, usual_contrast
from ingest.layout.text_columns import text_columns, text_rows
from tests.ingest.drawn_form import blank, stain, write


def test_columns_come_right_to_left() -> None:
    """Three columns, each round its own glyphs."""
    page = blank(420, 420)
    for text, left in (("明治三十", 300), ("年五月", 190), ("三日", 80)):
        page = write(page, text, left, 20)
    found = text_columns(stroke_depth(page))
    assert len(found) == 3
    assert [round((x0 + x1) / 2 / 10) for x0, _, x1, _ in found] == [33, 22, 11]
    assert found[0][3] > found[2][3]


def test_a_glyph_of_separate_strokes_is_one_column() -> None:
    """川, 小 and 八 have gaps of their own."""
    for text in ("川", "小", "八", "川小", "林川"):
        assert len(text_columns(stroke_depth(write(blank(300, 300), text, 120, 40)))) == 1


def test_rows_come_from_the_top() -> None:
    """Horizontal writing is cut into rows."""
    page = write(blank(300, 500), "申請日期", 30, 30, vertical=False)
    page = write(page, "民國九十年", 30, 160, vertical=False)
    found = text_rows(stroke_depth(page))
    assert len(found) == 2
    assert found[0][1] < found[1][1]
    assert found[1][2] > found[0][2]


@pytest.mark.parametrize("shape", [(0, 0), (0, 40), (40, 0), (1, 1), (1, 40), (40, 1), (2, 40), (40, 2)])
def test_a_cell_of_hardly_any_pixels_holds_nothing(shape: tuple[int, int]) -> None:
    depth = stroke_depth(np.zeros(shape, np.uint8))
    assert text_columns(depth) == text_rows(depth) == ()


def test_a_blank_cell_holds_nothing() -> None:
    """Grain, a soft stain, specks and the remnants of a ruled line are no writing."""
    page = stain(blank(300, 300), 150, 150, 110)
    page[:, :3] = 60
    page[100:104, 200:204] = 40
    assert text_columns(stroke_depth(page)) == ()


def test_a_remnant_of_a_line_does_not_widen_the_writing() -> None:
    """The cell's own line at its side is left out."""
    page = write(blank(300, 300), "陳氏玉", 130, 30)
    clean = text_columns(stroke_depth(page))
    lined = page.copy()
    lined[:, :3] = 60
    assert np.abs(np.subtract(text_columns(stroke_depth(lined)), clean)).max() <= 2


def test_dots_beside_strokes_are_kept() -> None:
    """The dots that top 曾 belong to it."""
    (box,) = text_columns(stroke_depth(write(blank(200, 200), "曾", 60, 60)))
    assert box[3] - box[1] > 50


def test_what_shows_of_the_other_side_is_no_writing() -> None:
    """A ghost beside a name, and one in an otherwise blank cell, are left out."""
    name = write(blank(300, 300), "陳氏玉", 200, 30)
    (alone,) = text_columns(stroke_depth(name))
    ghost = write(blank(300, 300), "林阿水", 60, 30)
    faint = np.clip(ghost.astype(np.float64) + 0.6 * (blank(300, 300).astype(np.float64) - ghost), 0, 255)
    shown = np.minimum(name, faint.astype(np.uint8))
    usual = usual_contrast([stroke_depth(one) for one in (name, name, shown)])
    assert text_columns(stroke_depth(shown), usual) == (alone,)
    assert len(text_columns(stroke_depth(faint.astype(np.uint8)))) == 1
    assert text_columns(stroke_depth(faint.astype(np.uint8)), usual) == ()


def test_faded_writing_is_kept() -> None:
    """A name at two thirds of the page's usual contrast is still one."""
    name = write(blank(300, 300), "陳氏玉", 200, 30)
    paper = blank(300, 300).astype(np.float64)
    faded = (name + 0.34 * (paper - name)).astype(np.uint8)
    assert len(text_columns(stroke_depth(faded), usual_contrast([stroke_depth(name)]))) == 1


def test_a_page_of_blank_cells_has_no_usual_contrast() -> None:
    """Where nothing is written nothing can be compared."""
    assert usual_contrast([stroke_depth(blank(100, 100))]) == 0.0
