"""The words of a refusal, kept as data."""

import tomllib
from functools import cache
from importlib.resources import files

from domain.workflow.outcome import Reason


def reason(code: str, **words: object) -> Reason:
    """The reason of that code, its blanks filled with `words`."""
    texts = _texts()[code]
    return Reason(code, texts["zh"].format(**words), texts["en"].format(**words))


@cache
def _texts() -> dict[str, dict[str, str]]:
    text = files("domain.workflow").joinpath("data", "reasons.toml").read_text("utf-8")
    codes: dict[str, dict[str, str]] = tomllib.loads(text)["reasons"]
    return codes
