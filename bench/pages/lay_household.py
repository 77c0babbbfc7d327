"""Lays out the block of a book's page that names the household, at its right edge."""

from collections.abc import Iterator
from typing import Any

from bench.pages.form_parts import FINE_LINE, HEAVY_LINE, Rule, Slot, number_cells, rule_between
from bench.pages.geometry import Box

HEADER_HEIGHT, SIDE_LABEL_WIDTH, STACKED_LABEL = 330, 104, 250


def lay_household(form: dict[str, Any], block: Box, unit: float) -> tuple[list[Slot], list[Rule]]:
    """Return the cells and rulings of the block.

    `household_style`: "columns" = one column a field, its label on top; "rows" = labels in a column at the right edge;
    "stack" = columns that hold one field or several, one below another, each with its label on top.
    """
    styles = {"columns": _columns, "rows": _rows, "stack": _stack}
    slots = list(styles[form["household_style"]](form, block, unit))
    if form["household_style"] == "stack":
        slots = number_cells(slots, across=False)
    edge = Rule(block.x0, block.y0, block.x0, block.y1, HEAVY_LINE * unit)
    return slots, [edge, *rule_between(slots, block, FINE_LINE * unit)]


def _columns(form: dict[str, Any], block: Box, unit: float) -> Iterator[Slot]:
    right, below = block.x1, block.y0 + HEADER_HEIGHT * unit
    for col, item in enumerate(form["household"]):
        left = right - block.width * item["share"]
        yield _slot(0, col, "label", item, Box(left, block.y0, right, below))
        yield _slot(1, col, "value", item, Box(left, below, right, block.y1))
        right = left


def _rows(form: dict[str, Any], block: Box, unit: float) -> Iterator[Slot]:
    top, middle = block.y0, block.x1 - SIDE_LABEL_WIDTH * unit
    for row, item in enumerate(form["household"]):
        bottom = top + block.height * item["share"]
        yield _slot(row, 0, "label", item, Box(middle, top, block.x1, bottom))
        yield _slot(row, 1, "value", item, Box(block.x0, top, middle, bottom))
        top = bottom


def _stack(form: dict[str, Any], block: Box, unit: float) -> Iterator[Slot]:
    widths, right = form["household_columns"], block.x1
    for col, wide in enumerate(widths):
        left, top = right - block.width * wide / sum(widths), block.y0
        for item in form["household"]:
            if item["column"] == col:
                middle = top + item.get("label_height", STACKED_LABEL) * unit
                bottom = top + block.height * item["share"]
                yield _slot(0, col, "label", item, Box(left, top, right, middle))
                yield _slot(0, col, "value", item, Box(left, middle, right, bottom))
                top = bottom
        right = left


def _slot(row: int, col: int, kind: str, item: dict[str, Any], box: Box) -> Slot:
    across = kind == "value" and bool(item.get("across"))
    return Slot(row, col, kind, "household", item["field"], None, item["label"], box, across=across)
