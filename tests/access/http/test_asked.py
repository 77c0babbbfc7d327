"""A body holds no text that cannot be stored, wherever in it."""

import json
from typing import Any

import pytest
from pydantic import Field, ValidationError

from access.http.asked import Asked


class _Body(Asked):
    name: str = ""
    values: dict[str, list[str]] = Field(default_factory=dict)
    anything: Any = None


@pytest.mark.parametrize("text", ["\\u0000", "陳\\u0000太", "\\ud800", "\\udc00\\ud800"])
@pytest.mark.parametrize(
    "body", ['{"name": "%s"}', '{"values": {"a": ["b", "%s"]}}', '{"values": {"%s": []}}']
)
def test_neither_nul_nor_half_a_character_is_taken(body: str, text: str) -> None:
    with pytest.raises(ValidationError, match="NUL or half a character") as refused:
        _Body.model_validate(json.loads(body % text))
    assert "陳" not in refused.value.errors()[0]["msg"]


def test_whole_characters_are_taken_wherever_they_stand() -> None:
    sent = json.loads('{"name": "\\ud842\\udfb7王\\n", "values": {"戶": ["\\t"]}}')
    assert _Body.model_validate(sent).name == "𠮷王\n"


def test_no_body_is_nested_without_end() -> None:
    with pytest.raises(ValidationError, match="nested too deep"):
        _Body.model_validate({"anything": json.loads("[" * 500 + "]" * 500)})
