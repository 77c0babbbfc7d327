"""The pure plan of reading a register page: pixels in, a frozen reading out; no file, no database."""

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from domain.series import Series
from ingest.pipeline.claim_less import claim_less
from ingest.pipeline.clock import Clock
from ingest.pipeline.read_designation import designation_among
from ingest.pipeline.read_form import Readers, ReadingSettings, SeenForm, read_form
from ingest.pipeline.read_whole_page import read_whole_page
from ingest.pipeline.reading_scale import reading_scale
from ingest.pipeline.results import PageContent, PageReading
from ingest.pipeline.straighten_page import StraightPage, straighten_page
from ingest.pipeline.tell_upright import tell_upright
from ingest.pipeline.trace_rules import trace_rules

Pixels = NDArray[np.uint8]


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
        page = straighten_page(pixels)
    return read_straight_page(page, ppi, series, readers, settings, clock)[1]


def read_straight_page(
    page: StraightPage,
    ppi: float | None,
    series: Series,
    readers: Readers,
    settings: ReadingSettings | None = None,
    clock: Clock | None = None,
) -> tuple[StraightPage, PageReading]:
    """Read a page that is straightened already, and set it upright; see `read_register_page`.

    A page is taken to stand upright; only where its labels do not bear that out are quarter turns sought.
    Where they cannot be told, it is read as it lies and nothing on it is called sure.
    """
    clock, settings = clock or Clock(), settings or ReadingSettings()
    seen = read_form(page, ppi, series, readers, settings, clock)
    with clock.step("upright"):
        page = page.set_upright(seen.upright or tell_upright(page, readers.first))
    if page.orientation.turned_deg:
        seen = read_form(page, ppi, series, readers, settings, clock)
    content = seen.content
    if content is None:
        with clock.step("whole_page"):
            content = _read_lines(page, readers)
    if page.orientation.method == "none":
        content = claim_less(content)
    return page, _reading(page, ppi, seen, content, readers, clock)


def _read_lines(page: StraightPage, readers: Readers) -> PageContent:
    content = read_whole_page(page.pixels, readers.first, page.transform.box_to_master)
    return replace(content, designation=designation_among(content.lines))


def _reading(
    page: StraightPage,
    ppi: float | None,
    seen: SeenForm,
    content: PageContent,
    readers: Readers,
    clock: Clock,
) -> PageReading:
    factor = reading_scale(page.pixels.shape, ppi)
    return PageReading(
        recogniser=readers.first.name,
        transform=page.transform,
        skew=page.skew,
        crop=page.crop,
        content=content,
        timings=clock.seconds,
        rules=trace_rules(seen.form, lambda points: page.transform.to_master(points / factor)),
        orientation=page.orientation,
        perspective=page.perspective,
        seals=tuple(page.transform.boxes_to_master(seen.seals)),
    )
