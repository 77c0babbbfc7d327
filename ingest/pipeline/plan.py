"""The pure plan of reading a register page: pixels in, a frozen reading out; no file, no database."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

import numpy as np
from numpy.typing import NDArray

from domain.series import Series
from ingest.layout.find_cells import FoundForm, find_cells
from ingest.layout.separate_seals import separate_seals
from ingest.ocr.port import Recogniser
from ingest.pipeline.assemble_form import assemble_form
from ingest.pipeline.assign_fields import assign_fields
from ingest.pipeline.clock import Clock
from ingest.pipeline.look_again import look_again
from ingest.pipeline.read_cells import CutCell, WrittenCell, cut_cells, read_cells, with_inks
from ingest.pipeline.read_designation import box_around, designation_among, read_designation
from ingest.pipeline.read_whole_page import read_whole_page
from ingest.pipeline.reading_scale import reading_scale, resized, way_to_master
from ingest.pipeline.results import Box, PageContent, PageReading
from ingest.pipeline.seek_labels import choose_sample, holds_label
from ingest.pipeline.straighten_page import StraightPage, straighten_page
from ingest.pipeline.tell_upright import tell_upright
from ingest.pipeline.trace_rules import trace_rules

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
    factor = reading_scale(page.pixels.shape, ppi)
    form = _find_form(page, factor, clock)
    content = _read_form(page, form, factor, series, readers, settings or ReadingSettings(), clock)
    if content is None:
        with clock.step("whole_page"):
            to_master = way_to_master(page.transform, 1.0)
            content = read_whole_page(page.pixels, readers.first, to_master)
            content = replace(content, designation=designation_among(content.lines))
    return PageReading(
        recogniser=readers.first.name,
        transform=page.transform,
        skew=page.skew,
        crop=page.crop,
        content=content,
        timings=clock.seconds,
        rules=trace_rules(form, lambda points: page.transform.to_master(points / factor)),
        orientation=page.orientation,
    )


def _find_form(page: StraightPage, factor: float, clock: Clock) -> FoundForm:
    with clock.step("seals"):
        # A large scan is shrunk first: its many masks would take a gibibyte.
        free = separate_seals(resized(page.pixels, factor) if factor < 1 else page.pixels)
        enlarged = max(1.0, factor)
        gray = resized(free.gray, enlarged)
        strokes = None if free.strokes is None else resized(free.strokes, enlarged)
    with clock.step("grid"):
        return find_cells(gray, strokes)


def _read_form(
    page: StraightPage,
    form: FoundForm,
    factor: float,
    series: Series,
    readers: Readers,
    settings: ReadingSettings,
    clock: Clock,
) -> PageContent | None:
    """Read a form of the series; None where there is none."""
    if not form.cells:
        return None
    with clock.step("read"):
        written = _read(form, series, readers, settings)
    if written is None:
        return None
    with clock.step("inks"):
        written = with_inks(
            page.pixels, form.gray, lambda box: _resized(form.bend.box_to_page(box), 1 / factor), written
        )
    with clock.step("assign"):
        assignment = assign_fields(written, series)
        if assignment is None:
            return None
        to_master = way_to_master(page.transform, factor)

        @cache  # a line's box is asked for by its cell and by its value
        def from_form(box: Box) -> Box:
            return to_master(form.bend.box_to_page(box))

        content = assemble_form(written, assignment, series, from_form)
    with clock.step("designation"):
        around = box_around([cell.box for cell in form.cells])
        return replace(content, designation=read_designation(form.gray, around, readers.first, from_form))


def _resized(box: Box, factor: float) -> Box:
    x0, y0, x1, y1 = (round(edge * factor) for edge in box)
    return x0, y0, x1, y1


def _read(
    form: FoundForm, series: Series, readers: Readers, settings: ReadingSettings
) -> tuple[WrittenCell, ...] | None:
    """Read the cells; None where a first look at some of them shows no label of the series."""
    vertical = series.direction == "vertical"
    cells = cut_cells(form.gray, form.cells, vertical)
    sample = choose_sample(cells)
    written = _read_sampled(form, cells, sample, series, readers) if sample else None
    if sample is None or not sample:
        written = read_cells(form.gray, cells, readers.first, vertical)
    if written is None or readers.second is None:
        return written
    return look_again(form.gray, written, readers.second, vertical, settings.doubt_below)


def _read_sampled(
    form: FoundForm, cells: Sequence[CutCell], sample: Sequence[int], series: Series, readers: Readers
) -> tuple[WrittenCell, ...] | None:
    """Read the sampled cells, and the others only if there is a label among them."""
    vertical = series.direction == "vertical"
    first = read_cells(form.gray, [cells[place] for place in sample], readers.first, vertical)
    if not holds_label(first, series):
        return None
    others = [place for place in range(len(cells)) if place not in set(sample)]
    rest = read_cells(form.gray, [cells[place] for place in others], readers.first, vertical)
    read = dict(zip([*sample, *others], [*first, *rest], strict=True))
    return tuple(read[place] for place in range(len(cells)))
