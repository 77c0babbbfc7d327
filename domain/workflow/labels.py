"""What states, actions, kinds and roles are called on screen."""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from domain.roles import Role
from domain.workflow.states import Action, Kind, State


@dataclass(frozen=True, slots=True)
class Label:
    """正體中文 first, English beside it."""

    zh: str
    en: str


def label_of(thing: State | Action | Kind | Role) -> Label:
    """What it is called on screen."""
    return _labels()[type(thing).__name__.lower()][thing.value]


def own_accord_label(code: str) -> Label | None:
    """What an item of a request that the ministry opened itself (依職權) bears instead of a fault's name."""
    return _labels()["own_accord"].get(code)


@cache
def _labels() -> dict[str, dict[str, Label]]:
    text = files("domain.workflow").joinpath("data", "labels.toml").read_text("utf-8")
    return {
        family: {key: Label(zh, en) for key, (zh, en) in labels.items()}
        for family, labels in tomllib.loads(text)["labels"].items()
    }
