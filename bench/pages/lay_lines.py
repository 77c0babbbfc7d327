"""Lays out a sheet that is read across: lines of labels and values, and tables with a person a row."""

from collections.abc import Iterator
from typing import Any

from bench.pages.form_parts import FINE_LINE, Rule, Slot, number_cells, rule_between
from bench.pages.geometry import Box


def lay_lines(
    form: dict[str, Any], frame: Box, persons: int, unit: float
) -> tuple[list[Slot], list[Rule]]:
    """Return the cells and rulings of a form's `lines`, from top to bottom; heights and widths are shares.

    A line holds `cells`, or a `table` with a row for each of so many persons, or a `group`: lines that share a merged
    label at their left. A cell is a label `l` so wide (`lw`), the value of field `f` so wide (`vw`), or both;
    `e` is the person asked, none for the household.
    """
    slots = number_cells(list(_lines(form["lines"], frame, persons)), across=True)
    return slots, rule_between(slots, frame, FINE_LINE * unit)


def _lines(lines: list[dict[str, Any]], block: Box, persons: int) -> Iterator[Slot]:
    whole, top = sum(line["height"] for line in lines), block.y0
    for line in lines:
        bottom = top + block.height * line["height"] / whole
        room = Box(block.x0, top, block.x1, bottom)
        if "group" in line:
            middle = room.x0 + room.width * line["width"]
            yield _slot("label", "", None, line["group"], Box(room.x0, top, middle, bottom), across=False)
            yield from _lines(line["lines"], Box(middle, top, room.x1, bottom), persons)
        elif "table" in line:
            yield from _table(line, room, persons)
        else:
            yield from _cells(line["cells"], room)
        top = bottom


def _cells(cells: list[dict[str, Any]], room: Box) -> Iterator[Slot]:
    whole = sum(cell.get("lw", 0) + cell.get("vw", 0) for cell in cells)
    left = room.x0
    for cell in cells:
        for kind, wide in (("label", cell.get("lw", 0)), ("value", cell.get("vw", 0))):
            if wide:
                right = left + room.width * wide / whole
                box = Box(left, room.y0, right, room.y1)
                yield _slot(kind, cell.get("f", ""), cell.get("e"), cell.get("l", ""), box)
                left = right


def _table(line: dict[str, Any], room: Box, persons: int) -> Iterator[Slot]:
    columns, head = line["table"], line["head"]
    step = room.height / (persons + head)
    below = room.y0 + step * head
    whole, left = sum(column["w"] for column in columns), room.x0
    for column in columns:
        right = left + room.width * column["w"] / whole
        yield _slot("label", column["f"], None, column["l"], Box(left, room.y0, right, below), part="person")
        for entry in range(persons):
            box = Box(left, below + step * entry, right, below + step * (entry + 1))
            yield _slot("value", column["f"], entry, "", box)
        left = right


def _slot(
    kind: str, field: str, entry: int | None, label: str, box: Box, *, part: str = "", across: bool = True
) -> Slot:
    owner = part or ("household" if entry is None else "person")
    return Slot(0, 0, kind, owner, field, None if kind == "label" else entry, label, box, across=across)
