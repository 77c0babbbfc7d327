"""A ruled page that is no form of the series is known by a few of its cells."""

from domain.series import load_series
from ingest.layout.cells import Cell
from ingest.ocr.port import Reading
from ingest.pipeline.cut_cells import CutCell
from ingest.pipeline.read_cells import WrittenCell
from ingest.pipeline.seek_labels import FEW, SAMPLED, choose_sample, holds_label

SERIES = load_series("colonial_register")


def cell(row: int, col: int, lines: int = 1) -> CutCell:
    boxes = tuple((0, 0, 50, 150) for _ in range(lines))
    return CutCell(Cell(row, col, 1, 1, (0, 0, 100, 200)), boxes)


def read(*texts: str) -> list[WrittenCell]:
    place = Cell(0, 0, 1, 1, (0, 0, 100, 200))
    return [WrittenCell(place, ((0, 0, 50, 150),), (Reading(text, 0.99),)) for text in texts]


def test_a_small_form_is_read_at_once() -> None:
    """No sample where it would save nothing."""
    assert choose_sample([cell(row, 0) for row in range(FEW)]) is None


def test_every_column_is_sampled_and_long_texts_are_not() -> None:
    """Each column's first cells, whichever columns there are, and not more lines than agreed."""
    cells = [cell(row, col) for row in range(15) for col in range(10)]
    cells += [cell(16, 11, lines=4)]
    sample = choose_sample(cells)
    assert sample is not None
    assert len(sample) <= SAMPLED
    assert {cells[place].cell.col for place in sample} == set(range(10))


def test_one_label_is_enough_unless_it_is_one_character() -> None:
    """續柄 says register; 父 alone may stand in any text, 父 and 母 do not."""
    assert holds_label(read("科目", "續柄", "員數"), SERIES)
    assert holds_label(read("父", "母"), SERIES)
    assert not holds_label(read("父", "給付金額"), SERIES)
    assert not holds_label(read("科目", "組合員", "員數", "1,124,902.43", "計"), SERIES)
