"""Read a drawn page with and without a second engine, and note every value both ways."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from bench.calibration.observe import SECOND, texts_at
from bench.pages.draw_volume import DrawnPage
from domain.series import load_series
from ingest.pipeline.plan import read_register_page
from ingest.pipeline.read_form import Readers, ReadingSettings
from ingest.pipeline.results import PageContent, Value


@dataclass(frozen=True, slots=True)
class SeenValue:
    """A value as the first engine read it: how sure it was, whether the text is the one drawn, whether the
    right text is the text or an alternative without the second engine and with it, and what that one said.
    """

    severity: int
    raw: float
    right: bool
    at_hand: bool
    at_hand_seconded: bool
    opinion: str | None


@dataclass(frozen=True, slots=True)
class SeenPage:
    """A page's values, and the seconds it took to read and, of them, to ask the second engine."""

    severity: int
    values: tuple[SeenValue, ...]
    seconds: float
    second_seconds: float


def see_page(page: DrawnPage, readers: Readers, bounds: Sequence[float]) -> dict[float, SeenPage]:
    """Read a page without the second engine, and with it for each bound: it is shown the lines read with
    less confidence."""
    alone, _ = _read(page, Readers(readers.first), 0.0)
    return {below: _seconded(page, readers, below, alone) for below in bounds}


def _seconded(page: DrawnPage, readers: Readers, below: float, alone: PageContent) -> SeenPage:
    seconded, timings = _read(page, readers, below)
    truth = page.truth.as_json()
    cells = [cell for cell in truth["cells"] if cell["kind"] == "value"]
    pairs = zip(_values(alone), _values(seconded), strict=True)
    seconds = sum(took for step, took in timings.items() if "." not in step)
    values = tuple(
        seen_value(truth["severity"], texts_at(key, one.box, cells), one, other)
        for (key, one), (_, other) in pairs
    )
    return SeenPage(truth["severity"], values, seconds, timings.get("look_again", 0.0))


def seen_value(severity: int, texts: set[str], alone: Value, seconded: Value) -> SeenValue:
    """Note one value, read without the second engine and with it, of which these texts are right."""
    opinions = [piece.removeprefix(SECOND) for piece in seconded.evidence if piece.startswith(SECOND)]
    return SeenValue(
        severity,
        alone.confidence if alone.raw_confidence is None else alone.raw_confidence,
        alone.text in texts,
        bool(texts & _offered(alone)),
        bool(texts & _offered(seconded)),
        opinions[0] if opinions else None,
    )


def _offered(value: Value) -> set[str]:
    return {value.text, *(text for text, _ in value.alternatives)}


def _read(page: DrawnPage, readers: Readers, below: float) -> tuple[PageContent, Mapping[str, float]]:
    pixels = np.asarray(page.pixels, dtype=np.uint8)
    series = load_series(str(page.truth.series))
    reading = read_register_page(pixels, page.truth.ppi, series, readers, ReadingSettings(below))
    return reading.content, reading.timings


def _values(content: PageContent) -> Iterator[tuple[str, Value]]:
    for group in (content.household, *content.persons):
        yield from group.items()


def figures_of(pages: Sequence[SeenPage], below: float) -> dict[str, Any]:
    """Return what the second opinion does for the doubtful values of these pages, and what it takes."""
    values = [value for page in pages for value in page.values]
    doubtful = [value for value in values if value.raw < below]
    opinions = {said: [value for value in values if value.opinion == said] for said in ("agrees", "differs")}
    return {
        "pages": len(pages),
        "values": len(values),
        "doubtful": len(doubtful),
        "doubtful_right": _share([value.right for value in doubtful]),
        "doubtful_right_at_hand": _share([value.at_hand for value in doubtful]),
        "doubtful_right_at_hand_seconded": _share([value.at_hand_seconded for value in doubtful]),
        **{said: len(found) for said, found in opinions.items()},
        **{f"{said}_right": _share([one.right for one in found]) for said, found in opinions.items()},
        "seconds_a_page": _mean([page.seconds for page in pages]),
        "seconds_a_page_of_second": _mean([page.second_seconds for page in pages]),
    }


def _share(found: Sequence[bool]) -> float | None:
    return round(sum(found) / len(found), 4) if found else None


def _mean(seconds: Sequence[float]) -> float:
    return round(sum(seconds) / len(seconds), 3)
