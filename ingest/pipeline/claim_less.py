"""Claim less of what was read on a page of which nobody could tell how it is turned."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from ingest.pipeline.results import CellText, LineText, PageContent, Value

MOST_UNTURNED = 0.5
"""Nothing on such a page is called surer. Calibration has seen upright pages only, so its figures do not
hold here: glyphs on their side are read too, as others, and with confidence. Half is below all that counts
as sure on screen and to the checks, so that the queue brings the page to a person early."""


def claim_less(content: PageContent, most: float = MOST_UNTURNED) -> PageContent:
    """Return what was read with nothing surer than `most` (0–1): no value, no cell and no line of it."""
    number = content.designation
    return replace(
        content,
        household=_held(content.household, most),
        persons=tuple(_held(person, most) for person in content.persons),
        designation=None if number is None else _at_most(number, most),
        cells=tuple(_cell_at_most(cell, most) for cell in content.cells),
        lines=_lines_at_most(content.lines, most),
    )


def _cell_at_most(cell: CellText, most: float) -> CellText:
    return replace(cell, confidence=min(most, cell.confidence), lines=_lines_at_most(cell.lines, most))


def _lines_at_most(lines: Sequence[LineText], most: float) -> tuple[LineText, ...]:
    return tuple(replace(line, confidence=min(most, line.confidence)) for line in lines)


def _held(values: Mapping[str, Value], most: float) -> dict[str, Value]:
    return {key: _at_most(value, most) for key, value in values.items()}


def _at_most(value: Value, most: float) -> Value:
    others = tuple((text, min(most, sure)) for text, sure in value.alternatives)
    return replace(value, confidence=min(most, value.confidence), alternatives=others)
