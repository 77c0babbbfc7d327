"""Reads how hard a page shall be made."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bench.pages.read_data import read_toml

LEVELS = range(4)


@dataclass(frozen=True)
class Severity:
    """The figures of one page, each explained in `data/severity.toml`."""

    skew: float
    paper: float
    texture: float
    stains: int
    stain_depth: float
    seals: int
    seals_over_text: bool
    bed: bool
    blur: tuple[float, float]
    noise: tuple[float, float]
    jitter: float
    sway: float
    breaks: float
    fade: float
    ink: tuple[float, float]
    patchy: float
    through: float
    curl: float
    sideways: float
    light: float
    folds: int
    jpeg: int
    perspective: float


def knob_names() -> tuple[str, ...]:
    """Return the names of the knobs that can be set one by one."""
    return tuple(read_toml("severity"))


def read_severity(severity: int, knobs: Mapping[str, int] | None = None) -> Severity:
    """Return the figures of a severity, with the knobs given at levels of their own.

    Raises: ValueError if there is no such severity, knob or level.
    """
    levels = knob_levels(severity, knobs)
    figures: dict[str, Any] = {}
    for name, table in read_toml("severity").items():
        figures |= {figure: row[levels[name]] for figure, row in table.items() if figure != "follows"}
    for pair in ("blur", "noise", "ink"):
        low, high = figures[pair]
        figures[pair] = (low, high)
    return Severity(**figures)


def knob_levels(severity: int, knobs: Mapping[str, int] | None = None) -> dict[str, int]:
    """Return the level of every knob of a page.

    Raises: ValueError if there is no such severity, knob or level.
    """
    if severity not in LEVELS:
        raise ValueError(f"Severity {severity} is not known; it runs from 0 to {LEVELS[-1]}.")
    own = dict(knobs or {})
    for name, level in own.items():
        if name not in knob_names():
            raise ValueError(f"There is no knob {name!r}; the knobs are {', '.join(knob_names())}.")
        if level not in LEVELS:
            raise ValueError(f"Knob {name} has no level {level}; it runs from 0 to {LEVELS[-1]}.")
    usual = {
        name: severity if table.get("follows", True) else 0 for name, table in read_toml("severity").items()
    }
    return usual | own
