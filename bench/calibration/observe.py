"""Read drawn pages, and note of every value how sure it was and whether it was right."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from bench.pages.draw_volume import draw_volume
from bench.pages.spec import PageSpec
from domain.series import Field, load_series
from ingest.pipeline.plan import read_register_page
from ingest.pipeline.read_form import Readers
from ingest.pipeline.results import Value


@dataclass(frozen=True, slots=True)
class Observation:
    """One value as read: its kind, the engine's confidence, the evidence, and whether it was right."""

    severity: int
    series: str
    kind: str
    raw: float
    evidence: tuple[str, ...]
    shown: float
    right: bool


def observe(series_key: str, seed: int, severity: int, pages: int, readers: Readers) -> Iterator[Observation]:
    """Draw pages of a series, read them, and yield their values.

    A value is compared with what was drawn where it stands, so that a missing neighbour makes no other wrong.
    """
    series = load_series(series_key)
    for page in draw_volume(pages, seed, severity, like=replace(PageSpec(), series=series_key)):
        pixels = np.asarray(page.pixels, dtype=np.uint8)
        content = read_register_page(pixels, page.truth.ppi, series, readers).content
        cells = [cell for cell in page.truth.as_json()["cells"] if cell["kind"] == "value"]
        for values in (content.household, *content.persons):
            for key, value in values.items():
                yield _observed(severity, series.key, series.field(key), value, cells)


def _observed(
    severity: int, series: str, field: Field, value: Value, cells: list[dict[str, Any]]
) -> Observation:
    raw = value.confidence if value.raw_confidence is None else value.raw_confidence
    return Observation(
        severity,
        series,
        field.kind,
        raw,
        tuple(value.evidence),
        value.confidence,
        _is_right(field, value, cells),
    )


def _is_right(field: Field, value: Value, cells: list[dict[str, Any]]) -> bool:
    x0, y0, x1, y1 = value.box
    x, y = (x0 + x1) / 2, (y0 + y1) / 2
    return any(
        cell["field"] == field.key and _holds(cell["box"], x, y) and value.text == cell["text"]
        for cell in cells
    )


def _holds(box: list[float], x: float, y: float) -> bool:
    return box[0] <= x <= box[2] and box[1] <= y <= box[3]


def from_json(record: Mapping[str, Any]) -> Observation:
    """Return the observation that was kept as JSON."""
    return Observation(**{**record, "evidence": tuple(record["evidence"])})
