"""The parsed form of a written value, as plain JSON, kept beside it."""

from datetime import date
from typing import Any

from domain import parsed_form as forms
from domain.series import Field, Kind, load_series, series_keys
from index_service.requests.today import today_in_taiwan


def parsed_form(series_key: str, field_key: str, text: str, at: date | None = None) -> dict[str, Any] | None:
    """Return what a text comes to in its field: a date, a known place, a number; None if nothing.

    No date lies after the day `at`; if it is not given, that is today in Taiwan.
    """
    field = _field(series_key, field_key)
    return forms.parsed_form(field, text, at or today_in_taiwan()) if field else None


def kind_of(series_key: str, field_key: str) -> Kind | None:
    """Return the kind of a series' field; None where the series or the field is not known."""
    field = _field(series_key, field_key)
    return field.kind if field else None


def _field(series_key: str, field_key: str) -> Field | None:
    if series_key not in series_keys():
        return None
    return next((one for one in load_series(series_key).fields if one.key == field_key), None)
