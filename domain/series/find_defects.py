"""Say everything that is wrong with the table of a series, in words."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping
from typing import Any, get_args

from domain.series.bare_label import bare_label
from domain.series.find_form_defects import find_form_defects
from domain.series.find_period_defects import find_period_defects
from domain.series.judge_value import (
    listed,
    named,
    not_among,
    not_bool,
    not_key,
    not_label,
    not_text,
    unknown,
)
from domain.series.model import Direction, Kind, Level

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
    "forms",
    "quality",
    "period",
}
_FIELD_KEYS = {"key", "level", "kind", "labels", "english", "masked", "values", "first", "last"}
_RESERVED = {"page", "volume", "series", "ordinal"}
"""What a line of entries to be loaded holds beside a series' fields (`huji admin load`)."""
_NEVER = 1e9
_MOST_YEARS = 1000
_LAYOUT_CHOICES = {"unit": ("household", "person", "page"), "persons_along": ("columns", "rows", "pages")}


def find_defects(table: Mapping[str, Any], thresholds: Collection[str] | None) -> Iterator[str]:
    """Everything wrong with a series' table; `thresholds` are the limits there are, if known."""
    yield from unknown("series", table, _SERIES_KEYS)
    yield from not_key("series: key", table.get("key"))
    for name in ("title", "english", "source"):
        yield from not_text(f"series: {name}", table.get(name))
    yield from not_among("series: direction", table.get("direction"), get_args(Direction))
    yield from not_bool("series: open_ended", table.get("open_ended"))
    yield from _retention_defects(table.get("retention_years"))
    fields = table.get("fields")
    if not isinstance(fields, list) or not fields or not all(isinstance(one, dict) for one in fields):
        yield "series: at least one [[fields]] table is needed"
        fields = []
    for number, field in enumerate(fields, start=1):
        yield from _field_defects(f"field {number} ({named(field)})", field)
    yield from _repeats(fields)
    yield from _layout_defects(table.get("layout"), {str(one.get("key")) for one in fields})
    yield from find_form_defects(table.get("forms", []), _labels(fields))
    yield from _quality_defects(table.get("quality", {}), thresholds)
    yield from find_period_defects(table.get("period", {}), fields)


def _retention_defects(years: object) -> Iterator[str]:
    if years is None:
        return
    if isinstance(years, bool) or not isinstance(years, int) or not 1 <= years <= _MOST_YEARS:
        yield "series: retention_years must be a number of years, 1 to 1000; leave it out where kept for ever"


def _field_defects(where: str, field: Mapping[str, Any]) -> Iterator[str]:
    yield from unknown(where, field, _FIELD_KEYS)
    yield from not_key(f"{where}: key", field.get("key"))
    if field.get("key") in tuple(_RESERVED):
        yield f"{where}: the key is taken by what entries are loaded with; choose another"
    yield from not_among(f"{where}: level", field.get("level"), get_args(Level))
    yield from not_among(f"{where}: kind", field.get("kind"), get_args(Kind))
    yield from not_text(f"{where}: english", field.get("english"))
    yield from not_bool(f"{where}: masked", field.get("masked"))
    labels = field.get("labels")
    if not isinstance(labels, list) or not labels:
        yield f"{where}: labels must list at least the label shown on screen"
    for label in listed(labels):
        yield from not_label(f"{where}: label", label)
    if not isinstance(field.get("values", []), list):
        yield f"{where}: values must list what the form lets one write; leave it out where anything may stand"
    for value in listed(field.get("values")):
        yield from not_text(f"{where}: value", value)


def _repeats(fields: list[Mapping[str, Any]]) -> Iterator[str]:
    keys = Counter(str(field.get("key")) for field in fields)
    yield from (f"field key {key!r} occurs {count} times" for key, count in keys.items() if count > 1)
    claims = Counter(str(label) for field in fields for label in listed(field.get("labels")))
    yield from (f"label {label!r} names {count} fields" for label, count in claims.items() if count > 1)
    yield from _claimed(fields, {label for label, count in claims.items() if count > 1})


def _claimed(fields: list[Mapping[str, Any]], told: set[str]) -> Iterator[str]:
    """Labels of different fields that are one label but for a variant form: 戶主 here, 戸主 there."""
    claims: dict[str, dict[str, str]] = defaultdict(dict)
    for field in fields:
        for label in listed(field.get("labels")):
            if isinstance(label, str) and label not in told and bare_label(label):
                claims[bare_label(label)].setdefault(str(field.get("key")), label)
    for by_field in claims.values():
        if len(by_field) > 1:
            which = ", ".join(f"{label!r} of {key}" for key, label in by_field.items())
            yield f"labels {which} are the same but for forms of a character; each may name one field"


def _layout_defects(layout: object, keys: set[str]) -> Iterator[str]:
    if not isinstance(layout, dict):
        yield "series: a [layout] table is needed"
        return
    yield from unknown("layout", layout, {*_LAYOUT_CHOICES, "ruled", "bands"})
    for name, choices in _LAYOUT_CHOICES.items():
        yield from not_among(f"layout: {name}", layout.get(name), choices)
    yield from not_bool("layout: ruled", layout.get("ruled"))
    if not isinstance(layout.get("bands"), list):
        yield "layout: bands must be a list of field keys, empty where the form has none"
    for key in listed(layout.get("bands")):
        if not isinstance(key, str):
            yield "layout: bands must list field keys alone"
        elif key not in keys:
            yield f"layout: bands names {key!r}, which is no field"


def _quality_defects(quality: object, thresholds: Collection[str] | None) -> Iterator[str]:
    if not isinstance(quality, dict):
        yield "quality: must be a table of threshold names and numbers"
        return
    for name, limit in quality.items():
        if thresholds is not None and name not in thresholds:
            yield f"quality: unknown threshold {name!r}; there are {', '.join(sorted(thresholds))}"
        if isinstance(limit, bool) or not isinstance(limit, int | float):
            yield f"quality: {name} must be a number"
        elif not -_NEVER <= limit <= _NEVER:
            yield f"quality: {name} must be finite; 1e9, or -1e9 where less is worse, is never reached"
        elif -_NEVER < limit < 0:
            yield f"quality: {name} is below 0, which no measure is; write -1e9 for a limit never reached"


def _labels(fields: list[Mapping[str, Any]]) -> set[str]:
    return {
        bare_label(label)
        for field in fields
        for label in listed(field.get("labels"))
        if isinstance(label, str)
    }
