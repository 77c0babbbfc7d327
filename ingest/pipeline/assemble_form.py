"""Put a form together from its read cells: household, persons, and the text in reading order."""

from collections.abc import Callable, Mapping, Sequence

from domain.series import Series
from ingest.pipeline.assignment import Assignment, Places
from ingest.pipeline.make_value import make_value
from ingest.pipeline.order_digits import order_digits
from ingest.pipeline.read_cells import WrittenCell, lies
from ingest.pipeline.results import Box, CellText, LineText, PageContent, Value

ToMaster = Callable[[Box], Box]


def assemble_form(
    cells: Sequence[WrittenCell], assignment: Assignment, series: Series, to_master: ToMaster, engine: str
) -> PageContent:
    """Make values of the assigned cells, as the named engine read them; blank cells give none."""
    cells = [order_digits(cell) for cell in cells]
    vertical = assignment.direction == "vertical"

    def values(fields: Mapping[str, Places]) -> dict[str, Value]:
        return {
            key: make_value(series.field(key), _in_order(cells, places, vertical), to_master, engine)
            for key, places in fields.items()
        }

    return PageContent(
        household=values(assignment.household),
        persons=tuple(values(person) for person in assignment.persons),
        cells=tuple(
            _cell_text(cell, assignment.labels.get(place), to_master, vertical)
            for place, cell in enumerate(cells)
        ),
        lines=(),
        text="\n".join(cell.text for cell in _in_order(cells, range(len(cells)), vertical) if cell.text),
        form=assignment.form,
    )


def _in_order(cells: Sequence[WrittenCell], places: Sequence[int], vertical: bool) -> list[WrittenCell]:
    """Order cells as the form is read: columns from the right, or rows from the top."""
    chosen = [cells[place].cell for place in places]
    keys = [(-(c.col + c.col_span), c.row) if vertical else (c.row, c.col) for c in chosen]
    return [cells[place] for _, place in sorted(zip(keys, places, strict=True))]


def _cell_text(cell: WrittenCell, field: str | None, to_master: ToMaster, vertical: bool) -> CellText:
    return CellText(
        row=cell.cell.row,
        col=cell.cell.col,
        box=to_master(cell.cell.whole),
        text=cell.text,
        confidence=cell.confidence,
        alternatives=cell.alternatives,
        field=field,
        lines=tuple(
            LineText(to_master(box), reading.text, reading.confidence, vertical and not lies(box), ink)
            for box, reading, ink in zip(cell.lines, cell.readings, cell.line_inks, strict=True)
        ),
        row_span=cell.cell.row_span,
        col_span=cell.cell.col_span,
    )
