"""Read one series from its TOML text, naming every defect at once."""

import re
import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any, cast, get_args

from domain.series.model import Direction, Field, Kind, Layout, Level, Series

_KEY = re.compile(r"[a-z][a-z0-9_]*\Z")
_SERIES_KEYS = {
    "key",
    "title",
    "english",
    "source",
    "direction",
    "open_ended",
    "retention_years",
    "layout",
    "fields",
}
_FIELD_KEYS = {"key", "level", "kind", "labels", "english", "masked"}
_LAYOUT_CHOICES = {"unit": ("household", "person", "page"), "persons_along": ("columns", "rows", "pages")}


class InvalidSeries(ValueError):
    """A series file is wrong; `defects` lists everything wrong with it."""

    def __init__(self, defects: tuple[str, ...]) -> None:
        super().__init__("; ".join(defects))
        self.defects = defects


def parse_series(toml_text: str) -> Series:
    """The series a TOML text describes.

    Raises:
        InvalidSeries: with every defect of the text.
    """
    try:
        table = tomllib.loads(toml_text)
    except tomllib.TOMLDecodeError as error:
        raise InvalidSeries((f"not TOML: {error}",)) from error
    defects = tuple(_defects(table))
    if defects:
        raise InvalidSeries(defects)
    return _build(table)


def _build(table: Mapping[str, Any]) -> Series:
    layout = table["layout"]
    return Series(
        key=table["key"],
        title=table["title"],
        english=table["english"],
        fields=tuple(_field(one) for one in table["fields"]),
        direction=cast(Direction, table["direction"]),
        open_ended=table["open_ended"],
        retention_years=table.get("retention_years"),
        layout=Layout(layout["unit"], layout["persons_along"], layout["ruled"], tuple(layout["bands"])),
    )


def _field(table: Mapping[str, Any]) -> Field:
    return Field(
        key=table["key"],
        level=table["level"],
        kind=table["kind"],
        labels=tuple(table["labels"]),
        english=table["english"],
        masked=table["masked"],
    )


def _defects(table: Mapping[str, Any]) -> Iterator[str]:
    yield from _unknown("series", table, _SERIES_KEYS)
    yield from _not_key("series: key", table.get("key"))
    for name in ("title", "english", "source"):
        yield from _not_text(f"series: {name}", table.get(name))
    yield from _not_among("series: direction", table.get("direction"), get_args(Direction))
    yield from _not_bool("series: open_ended", table.get("open_ended"))
    years = table.get("retention_years")
    if years is not None and (isinstance(years, bool) or not isinstance(years, int) or years < 1):
        yield "series: retention_years must be a whole number from 1; leave it out where kept for ever"
    fields = table.get("fields")
    if not isinstance(fields, list) or not fields or not all(isinstance(one, dict) for one in fields):
        yield "series: at least one [[fields]] table is needed"
        fields = []
    for number, field in enumerate(fields, start=1):
        yield from _field_defects(f"field {number} ({field.get('key', 'no key')})", field)
    yield from _repeats(fields)
    yield from _layout_defects(table.get("layout"), {str(one.get("key")) for one in fields})


def _field_defects(where: str, field: Mapping[str, Any]) -> Iterator[str]:
    yield from _unknown(where, field, _FIELD_KEYS)
    yield from _not_key(f"{where}: key", field.get("key"))
    yield from _not_among(f"{where}: level", field.get("level"), get_args(Level))
    yield from _not_among(f"{where}: kind", field.get("kind"), get_args(Kind))
    yield from _not_text(f"{where}: english", field.get("english"))
    yield from _not_bool(f"{where}: masked", field.get("masked"))
    labels = field.get("labels")
    if not isinstance(labels, list) or not labels:
        yield f"{where}: labels must list at least the label shown on screen"
        return
    for label in labels:
        yield from _not_text(f"{where}: label", label)
        if isinstance(label, str) and label != "".join(label.split()):
            yield f"{where}: label {label!r} must have no blanks; blanks on forms are ignored"


def _repeats(fields: list[Mapping[str, Any]]) -> Iterator[str]:
    keys = Counter(str(field.get("key")) for field in fields)
    yield from (f"field key {key!r} occurs {count} times" for key, count in keys.items() if count > 1)
    named = Counter(str(label) for field in fields for label in _listed(field.get("labels")))
    yield from (f"label {label!r} names {count} fields" for label, count in named.items() if count > 1)


def _layout_defects(layout: object, keys: set[str]) -> Iterator[str]:
    if not isinstance(layout, dict):
        yield "series: a [layout] table is needed"
        return
    yield from _unknown("layout", layout, {*_LAYOUT_CHOICES, "ruled", "bands"})
    for name, choices in _LAYOUT_CHOICES.items():
        yield from _not_among(f"layout: {name}", layout.get(name), choices)
    yield from _not_bool("layout: ruled", layout.get("ruled"))
    if not isinstance(layout.get("bands"), list):
        yield "layout: bands must be a list of field keys, empty where the form has none"
    for key in _listed(layout.get("bands")):
        if key not in keys:
            yield f"layout: bands names {key!r}, which is no field"


def _listed(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def _unknown(where: str, table: Mapping[str, Any], known: set[str]) -> Iterator[str]:
    yield from (f"{where}: unknown key {key!r}" for key in sorted(set(table) - known))


def _not_key(where: str, value: object) -> Iterator[str]:
    if not isinstance(value, str) or not _KEY.match(value):
        yield f"{where} must be a-z, 0-9 and _, a letter first"


def _not_text(where: str, value: object) -> Iterator[str]:
    if not isinstance(value, str) or not value.strip():
        yield f"{where} must be a text that is not empty"


def _not_bool(where: str, value: object) -> Iterator[str]:
    if not isinstance(value, bool):
        yield f"{where} must be true or false"


def _not_among(where: str, value: object, choices: tuple[str, ...]) -> Iterator[str]:
    if value not in choices:
        yield f"{where} must be one of {', '.join(choices)}"
