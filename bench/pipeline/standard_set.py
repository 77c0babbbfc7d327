"""The standard set: pages of every series, drawn anew each time, from seeds nothing was tuned on."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.pages.standard_page import STANDARD_SEEDS, standard_page
from bench.pages.write_volume import write_image
from domain.series import load_series, series_keys

SEVERITIES = (0, 1, 2, 3)


@dataclass(frozen=True, slots=True)
class SetPage:
    """One page of the set: its file, and what stands on it."""

    path: Path
    truth: Mapping[str, Any]

    @property
    def severity(self) -> int:
        """How hard it was made, 0 to 3."""
        return int(self.truth["severity"])

    @property
    def series(self) -> str:
        """The series it is a page of."""
        return str(self.truth["series"])


def draw_set(folder: Path, pages: int) -> list[SetPage]:
    """Draw so many pages of each series and severity into a folder, the same seeds at each severity.

    The truth stays in memory: nothing that reads the folder can find it.
    """
    folder.mkdir(parents=True, exist_ok=True)
    return [
        _draw(folder, series, seed, severity)
        for severity in SEVERITIES
        for series in drawn_series()
        for seed in STANDARD_SEEDS[:pages]
    ]


def drawn_series() -> tuple[str, ...]:
    """Return the series that have entries to be read off a form."""
    return tuple(key for key in series_keys() if load_series(key).layout.ruled)


def _draw(folder: Path, series: str, seed: int, severity: int) -> SetPage:
    drawn = standard_page(series, seed, severity)
    path = folder / drawn.truth.file
    write_image(drawn, path)
    return SetPage(path, drawn.truth.as_json())
