"""The parsed form of a written value, as plain JSON, kept beside it."""

import dataclasses
from datetime import date
from typing import Any

from domain.calendar import InvalidDate, parse_date
from domain.series import load_series, series_keys


def parsed_form(series_key: str, field_key: str, text: str) -> dict[str, Any] | None:
    """Return what a date field's text comes to; None for other kinds of field and for what is no date."""
    if not text or kind_of(series_key, field_key) != "date":
        return None
    try:
        written = parse_date(text)
    except InvalidDate:
        return None
    return {key: _plain(value) for key, value in dataclasses.asdict(written).items()}


def kind_of(series_key: str, field_key: str) -> str | None:
    """Return the kind of a series' field; None where the series or the field is not known."""
    if series_key not in series_keys():
        return None
    return next((one.kind for one in load_series(series_key).fields if one.key == field_key), None)


def _plain(value: object) -> object:
    if isinstance(value, date):
        return value.isoformat()
    return [str(one) for one in value] if isinstance(value, tuple) else value
