"""The values of an entry that came from a file of texts rather than from an image or a keyboard."""

from collections.abc import Mapping

from index_service.entries.field_values import Fields, Value
from index_service.entries.parsed_forms import parsed_form


def loaded_fields(series_key: str, texts: Mapping[str, str]) -> Fields:
    """Return the fields of loaded texts, as written; its parsed form beside each that has one."""
    return {key: _value(series_key, key, text) for key, text in texts.items()}


def _value(series_key: str, key: str, text: str) -> Value:
    value: Value = {
        "text": text,
        "confidence": 1.0,
        "box": None,
        "alternatives": [],
        "provenance": "loaded",
        "confirmed_by": None,
    }
    parsed = parsed_form(series_key, key, text)
    return value if parsed is None else value | {"parsed": parsed}
