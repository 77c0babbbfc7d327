"""A page's cells keep how each of their lines runs."""

import pytest

from domain.series import Direction, load_series
from ingest.pipeline.assemble_form import assemble_form
from ingest.pipeline.assignment import Assignment
from tests.ingest.pipeline.written import written


@pytest.mark.parametrize(("direction", "column_is_vertical"), [("vertical", True), ("horizontal", False)])
def test_a_row_of_figures_lies_also_in_a_book_that_is_written_downwards(
    direction: Direction, column_is_vertical: bool
) -> None:
    cells = [written("王志明", (0, 0, 40, 120)), written("T246530795", (0, 130, 160, 170))]
    assignment = Assignment({}, {}, (), direction=direction)
    content = assemble_form(
        cells, assignment, load_series("household_registration"), lambda box: box, "rapidocr"
    )
    lines = {line.text: line.vertical for cell in content.cells for line in cell.lines}
    assert lines == {"王志明": column_is_vertical, "T246530795": False}
