"""From the cells of one field to its value: as written, with its parsed form and an honest confidence."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from math import prod

from domain.series import Field
from index_service.requests.today import today_in_taiwan
from ingest.pipeline.calibrate import calibrate
from ingest.pipeline.judging.judge_text import judge_text
from ingest.pipeline.judging.judgement import Beside, Evidence
from ingest.pipeline.read_cells import KEPT_ALTERNATIVES, WrittenCell
from ingest.pipeline.results import Alternatives, Box, Value

ToMaster = Callable[[Box], Box]


def make_value(
    field: Field, cells: Sequence[WrittenCell], to_master: ToMaster, engine: str, today: date | None = None
) -> Value:
    """Make a field's value of its written cells, in reading order, as the engine of this name read them.

    The text is what was read, whatever else might be likelier; what may have been meant stands beside it: the
    engines' alternatives, and `inferred` for dates, places, national numbers and lookalikes in free text.
    `today`, if it is not given, is the day it is in Taiwan: no date lies after it.
    """
    joined = _join(cells)
    text, raw = joined[0]
    others = [other for other, _ in joined[1:]]
    judgement = judge_text(field, text, Beside(others, today or today_in_taiwan()))
    several: tuple[Evidence, ...] = ("several_cells",) if len(cells) > 1 else ()
    evidence = (*judgement.evidence, *several, *_seconded(cells))
    confidence = calibrate(engine, field.kind, raw, evidence)
    return Value(
        text=text,
        confidence=confidence,
        box=to_master(_bounds([cell.ink for cell in cells])),
        # No other text can be likelier than the text leaves open, whatever the engine thought before that was
        # weighed with the evidence.
        alternatives=tuple((other, min(share, 1 - confidence)) for other, share in joined[1:]),
        parsed=judgement.parsed,
        inferred=judgement.inferred,
        inferred_reason=judgement.reason,
        raw_confidence=raw,
        evidence=evidence,
        inks=tuple(ink for cell in cells for ink in cell.inks),
    )


def _seconded(cells: Sequence[WrittenCell]) -> tuple[Evidence, ...]:
    """Say what a second engine made of the value, if it was asked: one cell read otherwise is enough."""
    opinions = {cell.second for cell in cells}
    if "differs" in opinions:
        return ("second_engine_differs",)
    return ("second_engine_agrees",) if "agrees" in opinions else ()


def _join(cells: Sequence[WrittenCell]) -> Alternatives:
    """Give the likeliest text and its alternatives, each with one cell read otherwise, likeliest first."""
    ranked = sorted(_otherwise(cells), key=lambda pair: -pair[1])
    # As within a cell, a second engine's readings push none of the first one's out.
    seconded = sum(len(cell.readings) for cell in cells if cell.second is not None)
    text, sure = "".join(cell.text for cell in cells), prod(cell.confidence for cell in cells)
    return ((text, sure), *ranked[: KEPT_ALTERNATIVES + seconded])


def _otherwise(cells: Sequence[WrittenCell]) -> Iterator[tuple[str, float]]:
    for place, cell in enumerate(cells):
        before = "".join(one.text for one in cells[:place])
        after = "".join(one.text for one in cells[place + 1 :])
        others = prod(one.confidence for one in (*cells[:place], *cells[place + 1 :]))
        for text, share in cell.alternatives:
            yield before + text + after, others * share


def _bounds(boxes: Sequence[Box]) -> Box:
    x0, y0, x1, y1 = zip(*boxes, strict=True)
    return min(x0), min(y0), max(x1), max(y1)
