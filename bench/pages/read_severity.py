"""Reads how hard a page shall be made."""

from dataclasses import dataclass
from typing import Any

from bench.pages.read_data import read_toml


@dataclass(frozen=True)
class Severity:
    """One row of `data/severity.toml`, where each figure is explained."""

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
    breaks: float
    fade: float
    ink: tuple[float, float]
    through: float


def read_severity(severity: int) -> Severity:
    """Return the figures of a severity.

    Raises: ValueError if there is none of this number.
    """
    levels = read_toml("severity")["severity"]
    if not 0 <= severity < len(levels):
        raise ValueError(f"Severity {severity} is not known; it runs from 0 to {len(levels) - 1}.")
    figures: dict[str, Any] = dict(levels[severity])
    for pair in ("blur", "noise", "ink"):
        low, high = figures[pair]
        figures[pair] = (low, high)
    return Severity(**figures)
