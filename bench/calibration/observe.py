"""Read drawn pages, and note of every value how sure it was and whether it was right."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from bench.pages.draw_volume import draw_volume
from bench.pages.spec import PageSpec
from domain.series import Field, load_series
from ingest.pipeline.plan import read_register_page
from ingest.pipeline.read_form import Readers, ReadingSettings
from ingest.pipeline.results import Value

SECOND = "second_engine_"
"""What the evidence begins with that a second engine gives."""
AGREES, DIFFERS = f"{SECOND}agrees", f"{SECOND}differs"
ASKED_BELOW = 0.9
"""The second engine is shown the lines read with less confidence. A site asks of fewer (ReadingSettings), of
which it agrees on next to none: too few to weigh its word."""


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
    """Draw pages of a series, read them, and yield their values, with a second engine's word if asked.

    A value is compared with what was drawn where it stands, so that a missing neighbour makes no other wrong.
    """
    series, settings = load_series(series_key), ReadingSettings(doubt_below=ASKED_BELOW)
    for page in draw_volume(pages, seed, severity, like=replace(PageSpec(), series=series_key)):
        pixels = np.asarray(page.pixels, dtype=np.uint8)
        content = read_register_page(pixels, page.truth.ppi, series, readers, settings).content
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
        value.text in texts_at(field.key, value.box, cells),
    )


def alone(observations: Iterable[Observation]) -> list[Observation]:
    """Return the values as they are seen where no second engine is asked."""
    return [
        replace(seen, evidence=tuple(one for one in seen.evidence if not one.startswith(SECOND)))
        for seen in observations
    ]


def texts_at(field: str, box: Sequence[float], cells: Sequence[Mapping[str, Any]]) -> set[str]:
    """Return what was drawn of a field in the cells of a page's truth that the middle of a box lies in."""
    x0, y0, x1, y1 = box
    x, y = (x0 + x1) / 2, (y0 + y1) / 2
    return {cell["text"] for cell in cells if cell["field"] == field and _holds(cell["box"], x, y)}


def _holds(box: list[float], x: float, y: float) -> bool:
    return box[0] <= x <= box[2] and box[1] <= y <= box[3]


def from_json(record: Mapping[str, Any]) -> Observation:
    """Return the observation that was kept as JSON."""
    return Observation(**{**record, "evidence": tuple(record["evidence"])})
