"""The order in which the written cells of a form are read."""

from collections.abc import Sequence

from domain.series import Series
from ingest.pipeline.results import CellText, PageContent


def cells_in_order(content: PageContent, series: Series) -> Sequence[CellText]:
    """Return the cells that hold writing: of a page written in columns each from the right, else each row."""
    written = [cell for cell in content.cells if cell.lines]
    return sorted(written, key=_by_columns if _reads_down(content, series) else _by_rows)


def _reads_down(content: PageContent, series: Series) -> bool:
    """Tell whether a page's lines are columns: a series whose sheets read across may have books too."""
    lines = [line.vertical for cell in content.cells for line in cell.lines]
    return 2 * sum(lines) > len(lines) if lines else series.direction == "vertical"


def _by_columns(cell: CellText) -> tuple[int, int]:
    """Columns from the right, each from the top."""
    return -(cell.col + cell.col_span), cell.row


def _by_rows(cell: CellText) -> tuple[int, int]:
    return cell.row, cell.col
