"""The parts of a form: cells, rulings, frame; and how its cells are numbered."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bench.pages.geometry import Box

FRAME_LINE, HEAVY_LINE, FINE_LINE = 4.0, 3.0, 2.0
SAME_EDGE = 3.0


@dataclass(frozen=True)
class Slot:
    """A cell before anything is written in it: `kind` is "label" or "value", `part` "household" or "person";
    a merged cell takes `row_span` rows and `col_span` columns; `across` is written from left to right.
    """

    row: int
    col: int
    kind: str
    part: str
    field: str
    entry: int | None
    label: str
    box: Box
    row_span: int = 1
    col_span: int = 1
    across: bool = False


@dataclass(frozen=True)
class Rule:
    """A ruling from one point to another, so many pixels wide."""

    x0: float
    y0: float
    x1: float
    y1: float
    width: float


@dataclass(frozen=True)
class Layout:
    """The cells, rulings and outer frame of a form on a sheet so wide and high; `across` = printed from left to right."""

    slots: tuple[Slot, ...]
    rules: tuple[Rule, ...]
    frame: Box
    width: int
    height: int
    across: bool = False


def outline(box: Box, width: float) -> list[Rule]:
    """Return the four rulings round a box."""
    return [
        Rule(box.x0, box.y0, box.x1, box.y0, width),
        Rule(box.x0, box.y1, box.x1, box.y1, width),
        Rule(box.x0, box.y0, box.x0, box.y1, width),
        Rule(box.x1, box.y0, box.x1, box.y1, width),
    ]


def rule_between(slots: Sequence[Slot], block: Box, width: float) -> list[Rule]:
    """Return the rulings to the left of and below each cell of a block, but none on the block's own edge."""
    rules = []
    for box in (slot.box for slot in slots):
        if box.x0 > block.x0 + 1:
            rules.append(Rule(box.x0, box.y0, box.x0, box.y1, width))
        if box.y1 < block.y1 - 1:
            rules.append(Rule(box.x0, box.y1, box.x1, box.y1, width))
    return rules


def number_cells(slots: Sequence[Slot], *, across: bool) -> list[Slot]:
    """Return the cells with their rows from the top and their columns from the right (from the left if `across`),
    and how many of each a merged cell takes.
    """
    downs = _edges([edge for slot in slots for edge in (slot.box.y0, slot.box.y1)])
    sides = _edges([edge for slot in slots for edge in (slot.box.x0, slot.box.x1)])
    numbered = []
    for slot in slots:
        top, bottom = _place(downs, slot.box.y0), _place(downs, slot.box.y1)
        left, right = _place(sides, slot.box.x0), _place(sides, slot.box.x1)
        col = left if across else len(sides) - 1 - right
        numbered.append(replace(slot, row=top, col=col, row_span=bottom - top, col_span=right - left))
    return numbered


def _edges(values: Sequence[float]) -> list[float]:
    edges: list[float] = []
    for value in sorted(values):
        if not edges or value - edges[-1] > SAME_EDGE:
            edges.append(value)
    return edges


def _place(edges: Sequence[float], value: float) -> int:
    return min(range(len(edges)), key=lambda at: abs(edges[at] - value))
