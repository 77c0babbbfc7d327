"""From the cells of one field to its value: as written, with its parsed form and an honest confidence."""

from collections.abc import Callable, Sequence
from typing import Any

from domain.calendar import InvalidDate, parse_date
from domain.series import Field
from ingest.pipeline.read_cells import WrittenCell
from ingest.pipeline.results import Alternatives, Box, Value

UNPARSED, DOUBTFUL = 0.5, 0.9
"""Confidence is multiplied by these where a text has no parsed form, or one that its parser doubts."""

ToMaster = Callable[[Box], Box]


def make_value(field: Field, cells: Sequence[WrittenCell], to_master: ToMaster) -> Value:
    """Make a field's value of its written cells, in reading order.

    Of a date's readings the likeliest that is a date is taken: a date follows rules. A name or a kinship
    term is never exchanged for a likelier one; its other readings stand beside it.
    """
    joined = _join(cells)
    box = to_master(_bounds([cell.ink for cell in cells]))
    if field.kind != "date":
        return Value(joined[0][0], joined[0][1], box, joined[1:])
    for place, (text, confidence) in enumerate(joined):
        parsed = _parse(text)
        if parsed is not None:
            sure = confidence * (1.0 if parsed["certainty"] == "certain" else DOUBTFUL)
            return Value(text, sure, box, (*joined[:place], *joined[place + 1 :]), parsed)
    return Value(joined[0][0], joined[0][1] * UNPARSED, box, joined[1:])


def _join(cells: Sequence[WrittenCell]) -> Alternatives:
    """Give the likeliest text and its alternatives; only a value within one cell has alternatives."""
    if len(cells) == 1:
        return ((cells[0].text, cells[0].confidence), *cells[0].alternatives)
    confidence = 1.0
    for cell in cells:
        confidence *= cell.confidence
    return (("".join(cell.text for cell in cells), confidence),)


def _parse(text: str) -> dict[str, Any] | None:
    try:
        date = parse_date(text)
    except InvalidDate:
        return None
    return {
        "era": date.era,
        "year": date.year,
        "month": date.month,
        "day": date.day,
        "precision": date.precision,
        "earliest": date.earliest.isoformat() if date.earliest else None,
        "latest": date.latest.isoformat() if date.latest else None,
        "certainty": date.certainty,
        "remarks": [remark.value for remark in date.remarks],
    }


def _bounds(boxes: Sequence[Box]) -> Box:
    x0, y0, x1, y1 = zip(*boxes, strict=True)
    return min(x0), min(y0), max(x1), max(y1)
