"""What may be wrong with a page, its index or the paper, as codes for the request form."""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal

from domain.workflow.states import Kind


@dataclass(frozen=True, slots=True)
class FaultCode:
    """One fault; `kinds` are the kinds of request that mend it."""

    code: str
    family: Literal["image", "index", "paper"]
    zh: str
    en: str
    kinds: tuple[Kind, ...]


@cache
def load_fault_codes() -> tuple[FaultCode, ...]:
    """Every shipped fault code, in screen order."""
    text = files("domain.workflow").joinpath("data", "fault_codes.toml").read_text("utf-8")
    return tuple(
        FaultCode(
            one["code"], one["family"], one["zh"], one["en"], tuple(Kind(kind) for kind in one["kinds"])
        )
        for one in tomllib.loads(text)["faults"]
    )
