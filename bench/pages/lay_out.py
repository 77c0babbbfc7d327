"""Lays out the ruled cells of a form on an upright sheet."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from bench.pages.geometry import Box
from bench.pages.read_data import read_toml
from bench.pages.spec import SERIES

MARGIN_X, MARGIN_Y = 134, 152
FRAME_LINE, HEAVY_LINE, FINE_LINE = 4.0, 3.0, 2.0
HEADER_HEIGHT, SIDE_LABEL_WIDTH = 330, 104


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


def form_ids(series: str = SERIES) -> list[str]:
    """Return the ids of the forms known of a series.

    Raises: ValueError, naming the series known, if there is none.
    """
    known = {str(form.get("series", SERIES)) for form in read_toml("forms")["form"]}
    if series not in known:
        raise ValueError(f"There is no form of series {series!r}; the series are {', '.join(sorted(known))}.")
    return [form["id"] for form in read_toml("forms")["form"] if form.get("series", SERIES) == series]


def read_form(form_id: str) -> dict[str, Any]:
    """Return a form's table.

    Raises: ValueError, naming the forms known, if there is none of this id.
    """
    for form in read_toml("forms")["form"]:
        if form["id"] == form_id:
            return dict(form)
    raise ValueError(f"There is no form {form_id!r}; the forms are {', '.join(form_ids())}.")


def lay_out(form: dict[str, Any], width: int, height: int, unit: float, columns: int) -> Layout:
    """Return the cells of a form with so many person columns, right to left: household, labels, persons."""
    frame = Box(MARGIN_X * unit, MARGIN_Y * unit, width - MARGIN_X * unit, height - MARGIN_Y * unit)
    split = frame.x1 - form["household_width"] * unit
    household = Box(split, frame.y0, frame.x1, frame.y1)
    persons = Box(frame.x0, frame.y0, split, frame.y1)
    head_slots, head_rules = _household_block(form, household, unit)
    body_slots, body_rules = _person_block(form, persons, unit, columns)
    rules = [*_outline(frame, FRAME_LINE * unit), *head_rules, *body_rules]
    return Layout((*head_slots, *body_slots), tuple(rules), frame, width, height)


def _household_block(form: dict[str, Any], block: Box, unit: float) -> tuple[list[Slot], list[Rule]]:
    if form["household_style"] == "columns":
        slots = list(_household_columns(form, block, unit))
    else:
        slots = list(_household_rows(form, block, unit))
    rules = [Rule(block.x0, block.y0, block.x0, block.y1, HEAVY_LINE * unit)]
    for slot in slots:
        inner_left, inner_bottom = slot.box.x0 > block.x0 + 1, slot.box.y1 < block.y1 - 1
        if inner_left:
            rules.append(Rule(slot.box.x0, slot.box.y0, slot.box.x0, slot.box.y1, FINE_LINE * unit))
        if inner_bottom:
            rules.append(Rule(slot.box.x0, slot.box.y1, slot.box.x1, slot.box.y1, FINE_LINE * unit))
    return slots, rules


def _household_columns(form: dict[str, Any], block: Box, unit: float) -> Iterator[Slot]:
    right, below = block.x1, block.y0 + HEADER_HEIGHT * unit
    for col, item in enumerate(form["household"]):
        left = right - block.width * item["share"]
        yield _household_slot(0, col, "label", item, Box(left, block.y0, right, below))
        yield _household_slot(1, col, "value", item, Box(left, below, right, block.y1))
        right = left


def _household_rows(form: dict[str, Any], block: Box, unit: float) -> Iterator[Slot]:
    top, middle = block.y0, block.x1 - SIDE_LABEL_WIDTH * unit
    for row, item in enumerate(form["household"]):
        bottom = top + block.height * item["share"]
        yield _household_slot(row, 0, "label", item, Box(middle, top, block.x1, bottom))
        yield _household_slot(row, 1, "value", item, Box(block.x0, top, middle, bottom))
        top = bottom


def _household_slot(row: int, col: int, kind: str, item: dict[str, Any], box: Box) -> Slot:
    return Slot(row, col, kind, "household", item["field"], None, item["label"], box)


def _person_block(
    form: dict[str, Any], block: Box, unit: float, columns: int
) -> tuple[list[Slot], list[Rule]]:
    edges = _column_edges(form, block, unit, columns)
    heights = [row["height"] for row in form["rows"]]
    slots, rules, top = [], [], block.y0
    for at, row in enumerate(form["rows"]):
        bottom = top + block.height * heights[at] / sum(heights)
        for col, (right, left) in enumerate(pairwise(edges)):
            slots.append(_person_slot(at, col, row, Box(left, top, right, bottom)))
        if at + 1 < len(heights):
            rules.append(Rule(block.x0, bottom, block.x1, bottom, FINE_LINE * unit))
        top = bottom
    for col, x in enumerate(edges[1:-1]):
        rules.append(Rule(x, block.y0, x, block.y1, (FINE_LINE if col else HEAVY_LINE) * unit))
    return slots, rules


def _column_edges(form: dict[str, Any], block: Box, unit: float, columns: int) -> list[float]:
    after_labels = block.x1 - form["label_width"] * unit
    step = (after_labels - block.x0) / columns
    return [block.x1, *(after_labels - step * count for count in range(columns + 1))]


def _person_slot(row: int, col: int, item: dict[str, Any], box: Box) -> Slot:
    kind, entry = ("label", None) if col == 0 else ("value", col - 1)
    # The household block fills physical columns 0 and 1 in every form.
    return Slot(row, col + 2, kind, "person", item["field"], entry, item["label"], box)


def _outline(box: Box, width: float) -> list[Rule]:
    return [
        Rule(box.x0, box.y0, box.x1, box.y0, width),
        Rule(box.x0, box.y1, box.x1, box.y1, width),
        Rule(box.x0, box.y0, box.x0, box.y1, width),
        Rule(box.x1, box.y0, box.x1, box.y1, width),
    ]
