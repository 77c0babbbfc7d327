"""Read one series from its TOML text, naming every defect at once."""

import tomllib
from collections.abc import Collection, Mapping
from typing import Any, cast

from domain.series.find_defects import find_defects
from domain.series.model import Direction, Field, Form, Layout, Period, Series


class InvalidSeries(ValueError):
    """A series file is wrong; `defects` lists everything wrong with it."""

    def __init__(self, defects: tuple[str, ...]) -> None:
        super().__init__("; ".join(defects))
        self.defects = defects


def parse_series(toml_text: str, thresholds: Collection[str] | None = None) -> Series:
    """The series a TOML text describes; with `thresholds`, its limits may bear these names alone.

    Raises:
        InvalidSeries: with every defect of the text.
    """
    try:
        table = tomllib.loads(toml_text)
        defects = tuple(find_defects(table, thresholds))
    # A number of thousands of digits is a ValueError too.
    except ValueError as error:
        raise InvalidSeries((f"not TOML: {error}",)) from error
    except RecursionError as error:
        raise InvalidSeries(("nested too deep: a series has tables in tables, and no more",)) from error
    if defects:
        raise InvalidSeries(defects)
    return _build(table)


def _build(table: Mapping[str, Any]) -> Series:
    layout = table["layout"]
    period = _period(table.get("period", {}), Period())
    return Series(
        key=table["key"],
        title=table["title"],
        english=table["english"],
        fields=tuple(_field(one, period) for one in table["fields"]),
        direction=cast(Direction, table["direction"]),
        open_ended=table["open_ended"],
        retention_years=table.get("retention_years"),
        layout=Layout(layout["unit"], layout["persons_along"], layout["ruled"], tuple(layout["bands"])),
        source=table["source"],
        forms=tuple(_form(one) for one in table.get("forms", ())),
        period=period,
        quality={name: float(limit) for name, limit in table.get("quality", {}).items()},
    )


def _period(table: Mapping[str, Any], usual: Period) -> Period:
    return Period(table.get("first", usual.first), table.get("last", usual.last))


def _field(table: Mapping[str, Any], period: Period) -> Field:
    return Field(
        key=table["key"],
        level=table["level"],
        kind=table["kind"],
        labels=tuple(table["labels"]),
        english=table["english"],
        masked=table["masked"],
        values=tuple(table.get("values", ())),
        period=_period(table, period) if table["kind"] == "date" else Period(),
    )


def _form(table: Mapping[str, Any]) -> Form:
    return Form(
        key=table["key"],
        title=table["title"],
        english=table["english"],
        titles=tuple(table["titles"]),
        labels=tuple(table["labels"]),
        parties=tuple(tuple(names) for names in table.get("parties", ())),
    )
