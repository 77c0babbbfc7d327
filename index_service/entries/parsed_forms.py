"""The parsed form of a written value, as plain JSON, kept beside it."""

from typing import Any

from domain import parsed_form as forms
from domain.series import Kind, load_series, series_keys


def parsed_form(series_key: str, field_key: str, text: str) -> dict[str, Any] | None:
    """Return what a text comes to in its field: a date, a known place, a number; None if nothing."""
    kind = kind_of(series_key, field_key)
    return forms.parsed_form(kind, text) if kind else None


def kind_of(series_key: str, field_key: str) -> Kind | None:
    """Return the kind of a series' field; None where the series or the field is not known."""
    if series_key not in series_keys():
        return None
    return next((one.kind for one in load_series(series_key).fields if one.key == field_key), None)
