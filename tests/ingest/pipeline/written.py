"""Builds read cells without pixels or an engine."""

from collections.abc import Sequence

from ingest.layout.cells import Cell
from ingest.ocr.port import Reading
from ingest.pipeline.read_cells import WrittenCell

Box = tuple[int, int, int, int]


def written(
    text: str, box: Box, confidence: float = 0.99, alternatives: Sequence[tuple[str, float]] = ()
) -> WrittenCell:
    """A cell of one line that fills it; a blank one for an empty text. Row and column follow from the box."""
    cell = Cell(box[1] // 100, box[0] // 100, 1, 1, box)
    if not text:
        return WrittenCell(cell, (), ())
    return WrittenCell(cell, (box,), (Reading(text, confidence, tuple(alternatives)),))


def form(rows: Sequence[Sequence[str]]) -> list[WrittenCell]:
    """Cells of a regular form, 100 × 100 pixels each, from its texts in rows from the top left."""
    return [
        written(text, (col * 100 + 3, row * 100 + 3, col * 100 + 97, row * 100 + 97))
        for row, texts in enumerate(rows)
        for col, text in enumerate(texts)
    ]
