"""Which way a page is written shows in how many lines its cells fall into."""

import numpy as np
import pytest

from ingest.layout.cells import Cell
from ingest.pipeline.cut_cells import cut_as_written, cut_cells
from tests.ingest.drawn_form import blank, write

TEXTS = ("曾炳煌", "高鳳嬌", "江蘇省上海市", "民國前二年", "初次設籍", "識字")


def page(vertical: bool) -> tuple[np.ndarray, list[Cell]]:
    """Six cells side by side, or one below another, each with a line of writing."""
    drawn = blank(620, 720) if vertical else blank(720, 620)
    cells = []
    for at, text in enumerate(TEXTS):
        left, top = (120 * at, 0) if vertical else (0, 120 * at)
        drawn = write(drawn, text, left + 24, top + 24, vertical=vertical)
        box = (left, top, left + 120, 620) if vertical else (0, top, 620, top + 120)
        cells.append(Cell(0, at, 1, 1, box) if vertical else Cell(at, 0, 1, 1, box))
    return drawn, cells


@pytest.mark.parametrize("vertical", [True, False])
def test_a_page_is_cut_along_its_lines(vertical: bool) -> None:
    drawn, cells = page(vertical)
    cut, down = cut_as_written(drawn, cells)
    assert down is vertical
    assert cut == cut_cells(drawn, cells, vertical)
    assert [len(cell.lines) for cell in cut] == [1] * len(TEXTS)


def test_a_blank_page_is_a_sheet() -> None:
    cut, down = cut_as_written(blank(300, 300), [Cell(0, 0, 1, 1, (0, 0, 300, 300))])
    assert not down
    assert cut[0].lines == ()


def test_a_page_without_cells_has_nothing_to_cut() -> None:
    assert cut_as_written(blank(300, 300), []) == ((), False)
