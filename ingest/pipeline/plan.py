"""The pure plan of reading a register page: pixels in, a frozen reading out; no file, no database."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from domain.series import Series
from ingest.layout.build_grid import build_grid
from ingest.layout.cells import Cell, cells
from ingest.layout.find_rulings import find_rulings
from ingest.layout.separate_seals import separate_seals
from ingest.ocr.port import Recogniser
from ingest.pipeline.assemble_form import assemble_form
from ingest.pipeline.assign_fields import assign_fields
from ingest.pipeline.clock import Clock
from ingest.pipeline.look_again import look_again
from ingest.pipeline.read_cells import WrittenCell, read_cells
from ingest.pipeline.read_whole_page import read_whole_page
from ingest.pipeline.reading_scale import reading_scale, resized, way_to_master
from ingest.pipeline.results import PageContent, PageReading
from ingest.pipeline.straighten_page import StraightPage, straighten_page
from ingest.pipeline.tell_upright import tell_upright

Pixels = NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class ReadingSettings:
    """`doubt_below`: lines read with less confidence are shown to the second engine, if there is one."""

    doubt_below: float = 0.5


@dataclass(frozen=True, slots=True)
class Readers:
    """The engine that reads, and the one that is asked about doubtful lines."""

    first: Recogniser
    second: Recogniser | None = None


def read_register_page(
    pixels: Pixels,
    ppi: float | None,
    series: Series,
    readers: Readers,
    settings: ReadingSettings | None = None,
) -> PageReading:
    """Straighten a decoded page (H × W × 3) and read it as a form of the series, or line by line if it is
    none.

    Raises:
        EngineMissing: a recogniser is not usable here.
    """
    clock = Clock()
    with clock.step("straighten"):
        page = straighten_page(pixels, upright=tell_upright(readers.first))
    return read_straight_page(page, ppi, series, readers, settings, clock)


def read_straight_page(
    page: StraightPage,
    ppi: float | None,
    series: Series,
    readers: Readers,
    settings: ReadingSettings | None = None,
    clock: Clock | None = None,
) -> PageReading:
    """Read a page that is straightened already; see `read_register_page`."""
    clock = clock or Clock()
    content = _read_form(page, ppi, series, readers, settings or ReadingSettings(), clock)
    if content is None:
        with clock.step("whole_page"):
            to_master = way_to_master(page.transform, 1.0)
            content = read_whole_page(page.pixels, readers.first, to_master)
    return PageReading(
        readers.first.name,
        page.transform,
        page.skew,
        page.crop,
        content,
        clock.seconds,
        orientation=page.orientation,
    )


def _read_form(
    page: StraightPage,
    ppi: float | None,
    series: Series,
    readers: Readers,
    settings: ReadingSettings,
    clock: Clock,
) -> PageContent | None:
    factor = reading_scale(page.pixels.shape, ppi)
    with clock.step("seals"):
        gray = resized(separate_seals(page.pixels).gray, factor)
    with clock.step("grid"):
        found = _find_cells(gray)
    if not found:
        return None
    with clock.step("read"):
        written = _read(gray, found, series, readers, settings)
    with clock.step("assign"):
        assignment = assign_fields(written, series)
        if assignment is None:
            return None
        return assemble_form(written, assignment, series, way_to_master(page.transform, factor))


def _find_cells(gray: Pixels) -> tuple[Cell, ...]:
    grid = build_grid(find_rulings(gray))
    return cells(grid) if grid.found else ()


def _read(
    gray: Pixels, found: tuple[Cell, ...], series: Series, readers: Readers, settings: ReadingSettings
) -> tuple[WrittenCell, ...]:
    vertical = series.direction == "vertical"
    written = read_cells(gray, found, readers.first, vertical)
    if readers.second is None:
        return written
    return look_again(gray, written, readers.second, vertical, settings.doubt_below)
