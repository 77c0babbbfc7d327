"""What is loaded from a file of texts is understood as what is read or typed."""

import pytest

from index_service.entries.loaded_fields import loaded_fields


@pytest.mark.parametrize(
    ("series", "field", "text", "key"),
    [
        ("colonial_register", "birth_date", "大正三年二月四日", "earliest"),
        ("colonial_register", "address", "臺北州七星郡士林街12番地", "node"),
        ("household_registration", "national_id", "A123456789", "number"),
    ],
)
def test_a_loaded_value_has_its_parsed_form(series: str, field: str, text: str, key: str) -> None:
    """An agency is linked to the place, whoever wrote the text."""
    value = loaded_fields(series, {field: text})[field]
    assert value["text"] == text
    assert value["parsed"][key]


def test_a_loaded_text_that_comes_to_nothing_has_none() -> None:
    fields = loaded_fields("colonial_register", {"address": "不詳", "name": "陳大"})
    assert not any("parsed" in value for value in fields.values())
