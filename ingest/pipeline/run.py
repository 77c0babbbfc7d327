"""Run the pipeline on one page: load, the steps, save the derivative; what to commit is handed back."""

import io
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from typing import Any, Protocol

from domain.series import Series
from imaging.grey import to_grey
from imaging.half_side import HalfSide
from imaging.quality import Finding, Thresholds, assess, assess_turn
from ingest.decoding.answers import DecodedFrame
from ingest.decoding.limited_decoder import LimitedDecoder
from ingest.pipeline.clock import Clock
from ingest.pipeline.draw_derivative import draw_derivative, store_content, store_derivative, trace_page
from ingest.pipeline.outcome import Derivative, PageOutcome, Trace
from ingest.pipeline.plan import read_straight_page
from ingest.pipeline.read_form import Readers
from ingest.pipeline.results import PageReading
from ingest.pipeline.run_describe import describe_finding, describe_lines, describe_proposals
from ingest.pipeline.straighten_page import StraightPage
from ingest.pipeline.straighten_side import straighten_side
from ingest.pipeline.write_alto import alto_source, write_alto
from storage.objects.ports import ObjectStore

STEPS = ("decode", "deskew", "quality", "read", "derivative", "store", "trace")


@dataclass(frozen=True, slots=True)
class PageTools:
    """What the steps work with, kept loaded from page to page."""

    store: ObjectStore
    decoder: LimitedDecoder
    readers: Readers
    series: Callable[[str], Series]


class Master(Protocol):
    """Which bytes and which frame a page is, and the series whose form it may be."""

    @property
    def object_key(self) -> str:
        """The master's content key."""
        ...

    @property
    def sha256(self) -> str:
        """The master's SHA-256 in hex."""
        ...

    @property
    def frame(self) -> int:
        """The frame in it, from 0."""
        ...

    @property
    def side(self) -> HalfSide | None:
        """The half of it, where the frame is a double-page spread."""
        ...

    @property
    def series_key(self) -> str:
        """The volume's series."""
        ...


def run_page(tools: PageTools, master: Master, at_step: Callable[[str], None]) -> PageOutcome:
    """Process one page; `at_step` is told each of STEPS as it begins, and may raise to end the run.

    What is stored goes to content keys: a run that is lost afterwards leaves only what a later one stores
    again, or garbage.
    Raises:
        RefusedImage: the master cannot be decoded.
        StoreUnavailable, ObjectMissing: the master cannot be had.
        KeyError: no such series is known.
    """
    clock = Clock()

    def step(name: str) -> Any:
        at_step(name)
        return clock.step(name)

    series = tools.series(master.series_key)
    with step("decode"):
        frame = decode_master(tools, master)
    with step("deskew"):
        gray = to_grey(frame.pixels)
        page = straighten_side(frame.pixels, master.side, tools.readers.first, gray=gray)
    with step("quality"):
        limits = Thresholds().with_overrides(series.quality)
        findings = assess(frame.pixels, frame.ppi, page.skew, limits, page.crop, page.gutter, gray)
    # The master's pixels make room before the reading: of a large scan they are 240 MB.
    frame, gray = replace(frame, pixels=frame.pixels[:0].copy()), gray[:0].copy()
    with step("read"):
        page, reading = read_straight_page(page, frame.ppi, series, tools.readers)
        findings = assess_turn(page.orientation, findings, limits, page.crop.box)
    with step("derivative"):
        drawn = draw_derivative(page, frame)
        alto = write_alto(reading.content, alto_source(master.sha256, master.frame, reading), series)
    # A disk or a network keeps one waiting: the page is traced meanwhile.
    with ThreadPoolExecutor(2, "store") as aside:
        with step("store"):
            drawn_stored = aside.submit(store_derivative, tools.store, drawn)
            alto_stored = aside.submit(store_content, tools.store, alto)
        with step("trace"):
            trace = trace_page(page, drawn, reading)
        with clock.step("store"):
            derivative, alto_key = drawn_stored.result(), alto_stored.result()
    timings = {**clock.seconds, **{f"read.{name}": took for name, took in reading.timings.items()}}
    return _outcome(frame, page, findings, reading, series, derivative, alto_key, trace, timings)


def decode_master(tools: PageTools, master: Master) -> DecodedFrame:
    """Decode a master's frame; raises RefusedImage, StoreUnavailable, ObjectMissing."""
    data = tools.store.read(master.object_key)
    return tools.decoder.decode(io.BytesIO(data), len(data), master.frame)


def _outcome(
    frame: DecodedFrame,
    page: StraightPage,
    findings: tuple[Finding, ...],
    reading: PageReading,
    series: Series,
    derivative: Derivative,
    alto_key: str,
    trace: Trace,
    timings: dict[str, float],
) -> PageOutcome:
    width, height = page.transform.master_size
    return PageOutcome(
        media_type=frame.media_type,
        width=width,
        height=height,
        ppi=frame.ppi,
        derivative=derivative,
        transform=page.transform.as_json(),
        quality=tuple(describe_finding(finding) for finding in findings),
        flagged=any(finding.verdict != "accept" for finding in findings),
        engine=reading.recogniser,
        lines=describe_lines(reading.content, series),
        proposals=describe_proposals(reading, series),
        alto_key=alto_key,
        trace=trace,
        timings=timings,
    )
