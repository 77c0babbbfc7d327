"""Lays out the persons of a book's page: one column each, right to left, the labels before them."""

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from bench.pages.form_parts import FINE_LINE, HEAVY_LINE, Rule, Slot
from bench.pages.geometry import Box

OWN_SHARE = 0.5
FIRST_COLUMN = 2


def lay_persons(
    form: dict[str, Any], block: Box, unit: float, columns: int
) -> tuple[list[Slot], list[Rule]]:
    """Return the cells and rulings of so many person columns; rows of one `group` share a merged label."""
    edges = _column_edges(form, block, unit, columns)
    tops = _row_edges(form, block)
    slots, rules = [], []
    for at, row in enumerate(form["rows"]):
        top, bottom = tops[at], tops[at + 1]
        for col, (right, left) in enumerate(pairwise(edges)):
            if col == 0 and "group" in row:
                right = left + (right - left) * OWN_SHARE
            slots.append(_slot(at, col, row, Box(left, top, right, bottom)))
        if at + 1 < len(form["rows"]):
            grouped = "group" in row and row["group"] == form["rows"][at + 1].get("group")
            until = edges[1] + (edges[0] - edges[1]) * OWN_SHARE if grouped else block.x1
            rules.append(Rule(block.x0, bottom, until, bottom, FINE_LINE * unit))
    for col, x in enumerate(edges[1:-1]):
        rules.append(Rule(x, block.y0, x, block.y1, (FINE_LINE if col else HEAVY_LINE) * unit))
    for slot in _groups(form, edges[0], edges[1], tops):
        slots.append(slot)
        rules.append(Rule(slot.box.x0, slot.box.y0, slot.box.x0, slot.box.y1, FINE_LINE * unit))
    return slots, rules


def _groups(form: dict[str, Any], right: float, left: float, tops: list[float]) -> Iterator[Slot]:
    groups = list(dict.fromkeys(row["group"] for row in form["rows"] if "group" in row))
    for group in groups:
        at = [place for place, row in enumerate(form["rows"]) if row.get("group") == group]
        box = Box(left + (right - left) * OWN_SHARE, tops[at[0]], right, tops[at[-1] + 1])
        yield Slot(at[0], FIRST_COLUMN, "label", "person", "", None, group, box, row_span=len(at))


def _row_edges(form: dict[str, Any], block: Box) -> list[float]:
    heights = [row["height"] for row in form["rows"]]
    edges = [block.y0]
    for height in heights:
        edges.append(edges[-1] + block.height * height / sum(heights))
    return edges


def _column_edges(form: dict[str, Any], block: Box, unit: float, columns: int) -> list[float]:
    after_labels = block.x1 - form["label_width"] * unit
    step = (after_labels - block.x0) / columns
    return [block.x1, *(after_labels - step * count for count in range(columns + 1))]


def _slot(row: int, col: int, item: dict[str, Any], box: Box) -> Slot:
    kind, entry = ("label", None) if col == 0 else ("value", col - 1)
    across = bool(item.get("across"))
    # The household block fills physical columns 0 and 1 in every form.
    return Slot(
        row, col + FIRST_COLUMN, kind, "person", item["field"], entry, item["label"], box, across=across
    )
