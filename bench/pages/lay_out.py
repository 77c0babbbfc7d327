"""Lays out the ruled cells of a form on an upright sheet."""

from dataclasses import replace
from typing import Any

from bench.pages.form_parts import FRAME_LINE, Layout, outline
from bench.pages.geometry import Box
from bench.pages.lay_household import lay_household
from bench.pages.lay_lines import lay_lines
from bench.pages.lay_persons import lay_persons
from bench.pages.read_data import read_toml
from bench.pages.spec import SERIES

MARGIN_X, MARGIN_Y, TITLE_ROOM = 134, 152, 190


def form_ids(series: str = SERIES) -> list[str]:
    """Return the ids of the forms known of a series.

    Raises: ValueError, naming the series known, if there is none.
    """
    known = known_series()
    if series not in known:
        raise ValueError(f"There is no form of series {series!r}; the series are {', '.join(known)}.")
    return [form["id"] for form in _forms() if form.get("series", SERIES) == series]


def known_series() -> list[str]:
    """Return the keys of the series that have forms to draw."""
    return sorted({str(form.get("series", SERIES)) for form in _forms()})


def read_form(form_id: str) -> dict[str, Any]:
    """Return a form's table.

    Raises: ValueError, naming the forms known, if there is none of this id.
    """
    for form in _forms():
        if form["id"] == form_id:
            return dict(form)
    raise ValueError(f"There is no form {form_id!r}; the forms are {', '.join(form_ids())}.")


def lay_out(form: dict[str, Any], width: int, height: int, unit: float, columns: int) -> Layout:
    """Return the cells of a form on a sheet this wide and high, standing up if the form does.

    A book has so many person columns, right to left: household, labels, persons. A sheet is read across.
    """
    if form.get("portrait"):
        width, height = height, width
    across = form.get("style") == "lines"
    top = TITLE_ROOM if across else MARGIN_Y
    frame = Box(MARGIN_X * unit, top * unit, width - MARGIN_X * unit, height - MARGIN_Y * unit)
    rules = outline(frame, FRAME_LINE * unit)
    if across:
        slots, inner = lay_lines(form, frame, columns, unit)
        return Layout(tuple(slots), (*rules, *inner), frame, width, height, across=True)
    split = frame.x1 - form["household_width"] * unit
    head_slots, head_rules = lay_household(form, replace(frame, x0=split), unit)
    body_slots, body_rules = lay_persons(form, replace(frame, x1=split), unit, columns)
    return Layout((*head_slots, *body_slots), (*rules, *head_rules, *body_rules), frame, width, height)


def _forms() -> list[dict[str, Any]]:
    return [*read_toml("forms")["form"], *read_toml("forms_roc")["form"], *read_toml("forms_sheet")["form"]]
