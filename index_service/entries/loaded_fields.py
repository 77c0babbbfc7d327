"""The values of an entry that came from a file of texts rather than from an image or a keyboard."""

from collections.abc import Mapping

from domain.series import load_series
from index_service.entries.field_values import Fields, Value
from index_service.entries.parsed_forms import parsed_form


def loaded_fields(series_key: str, texts: Mapping[str, str]) -> Fields:
    """Return the fields of loaded texts, as written; a date's parsed form beside it where it has one."""
    dates = {field.key for field in load_series(series_key).fields if field.kind == "date"}
    return {key: _value(series_key, key, text, is_date=key in dates) for key, text in texts.items()}


def _value(series_key: str, key: str, text: str, *, is_date: bool) -> Value:
    value: Value = {
        "text": text,
        "confidence": 1.0,
        "box": None,
        "alternatives": [],
        "provenance": "loaded",
        "confirmed_by": None,
    }
    parsed = parsed_form(series_key, key, text) if is_date else None
    return value if parsed is None else value | {"parsed": parsed}
