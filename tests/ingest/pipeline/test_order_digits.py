"""Figures side by side are read from the left, writing in columns from the right."""

from dataclasses import replace

from ingest.layout.cells import Cell
from ingest.ocr.port import Reading
from ingest.pipeline.order_digits import order_digits
from ingest.pipeline.read_cells import WrittenCell


def cut_from_the_right(text: str, step: int = 0) -> WrittenCell:
    """A cell whose glyphs stand in a row (or go down by `step`) and were cut as columns."""
    lines = [
        (10 + 30 * place, 10 + step * place, 35 + 30 * place, 50 + step * place) for place in range(len(text))
    ]
    readings = [Reading(glyph, 0.9) for glyph in text]
    return WrittenCell(Cell(0, 0, 1, 1, (0, 0, 400, 60)), tuple(lines[::-1]), tuple(readings[::-1]))


def test_a_number_is_turned_round() -> None:
    ordered = order_digits(cut_from_the_right("J139404048"))
    assert ordered.text == "J139404048"
    assert ordered.lines[0][0] < ordered.lines[-1][0]


def test_inks_go_with_their_figures() -> None:
    ordered = order_digits(replace(cut_from_the_right("123"), inks=("red", "black", "black")))
    assert ordered.line_inks == ("black", "black", "red")


def test_writing_is_left_as_it_is() -> None:
    """Characters in columns, figures that stand below one another, and too few of them."""
    for cell in (
        cut_from_the_right("民國三十"),
        cut_from_the_right("1234", step=60),
        cut_from_the_right("12"),
    ):
        assert order_digits(cell) is cell
