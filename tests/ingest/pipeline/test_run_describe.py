"""What the intake rows keep of a page: every line with its direction and its ink, values with theirs."""

from domain.series import load_series
from ingest.layout.cells import Cell
from ingest.ocr.port import Reading
from ingest.pipeline.make_value import make_value
from ingest.pipeline.read_cells import WrittenCell
from ingest.pipeline.results import CellText, Ink, LineText, PageContent
from ingest.pipeline.run_describe import describe_lines, describe_value

SERIES = load_series("colonial_register")


def cell(row: int, col: int, *lines: tuple[str, Ink]) -> CellText:
    texts = tuple(LineText((col, row, col + 9, row + 9), text, 0.98765, True, ink) for text, ink in lines)
    return CellText(row, col, (col, row, col + 9, row + 9), "", 0.9, (), None, texts)


def test_a_forms_lines_stand_one_by_one_in_reading_order() -> None:
    cells = (cell(0, 0, ("左", "black")), cell(0, 1, ("陳阿水", "black"), ("除戶", "red")), cell(1, 1))
    described = describe_lines(PageContent({}, (), cells, (), ""), SERIES)
    assert [(one["text"], one["ink"]) for one in described] == [
        ("陳阿水", "black"),
        ("除戶", "red"),
        ("左", "black"),
    ]
    assert described[0] == {
        "box": [1, 0, 10, 9],
        "text": "陳阿水",
        "confidence": 0.9877,
        "vertical": True,
        "ink": "black",
    }


def test_bare_lines_keep_direction_and_ink() -> None:
    lines = (LineText((0, 0, 90, 20), "abc", 0.5, False, "other"),)
    (described,) = describe_lines(PageContent({}, (), (), lines, ""), SERIES)
    assert (described["vertical"], described["ink"]) == (False, "other")


def test_a_value_names_the_ink_of_every_line_of_its_cells() -> None:
    box = (0, 0, 90, 300)
    reading = Reading("死亡", 0.9)
    cells = [
        WrittenCell(Cell(0, 0, 1, 1, box), (box, box), (reading, reading), ("black", "red")),
        WrittenCell(Cell(1, 0, 1, 1, box), (box,), (reading,), ("red",)),
    ]
    value = make_value(SERIES.field("notes"), cells, lambda given: given, "rapidocr")
    assert describe_value(value)["inks"] == ["black", "red", "red"]


def test_a_value_whose_colours_nobody_looked_at_names_none() -> None:
    box = (0, 0, 90, 300)
    cells = [WrittenCell(Cell(0, 0, 1, 1, box), (box,), (Reading("陳", 0.9),))]
    assert "inks" not in describe_value(
        make_value(SERIES.field("name"), cells, lambda given: given, "rapidocr")
    )
