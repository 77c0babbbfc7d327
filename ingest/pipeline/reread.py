"""Read a page once more from its master: what is read, and whether its derivative stands as it should."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from imaging.half_side import HalfSide
from imaging.halves import turn_by_half
from imaging.orientation import UNKNOWN_ORIENTATION
from imaging.quality import Thresholds
from imaging.quality.orientation import check_orientation
from imaging.quarters import quarters_between
from imaging.transform import PageTransform
from ingest.ocr.port import Recogniser
from ingest.pipeline.clock import Clock
from ingest.pipeline.draw_derivative import (
    DrawnDerivative,
    draw_derivative,
    store_content,
    store_derivative,
    trace_page,
)
from ingest.pipeline.outcome import Trace, TurnedDerivative
from ingest.pipeline.plan import read_straight_page
from ingest.pipeline.run import Master, PageTools, decode_master
from ingest.pipeline.run_describe import describe_finding, describe_lines, describe_proposals
from ingest.pipeline.straighten_page import StraightPage, straighten_page
from ingest.pipeline.straighten_side import straighten_side
from ingest.pipeline.write_alto import alto_source, write_alto
from storage.objects.ports import ObjectStore

Json = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class DrawnAnew:
    """A derivative turned otherwise than the stored one, not stored yet."""

    drawn: DrawnDerivative
    transform: Json
    trace: Trace


@dataclass(frozen=True, slots=True)
class Rereading:
    """What was read, as RecognitionResult keeps it; `alto` is its text, stored by `store_text`.

    `turn` is the finding on how the page is turned, of a page that is not blank; `anew` is its derivative
    where the stored one is found to stand otherwise, stored by `store_turned`.
    """

    engine: str
    lines: tuple[Json, ...]
    proposals: tuple[Json, ...]
    alto: bytes
    timings: Mapping[str, float]
    turn: Json
    anew: DrawnAnew | None = None


def reread_page(
    tools: PageTools,
    master: Master,
    at_step: Callable[[str], None],
    stored: PageTransform | None = None,
) -> Rereading:
    """Read one page of a stored master; `at_step` is told each step as it begins. Stores nothing.

    `stored` is the way to the derivative there is: the page is read as that stands, and drawn anew if that
    proves to lie on its side or its head. Where its turn cannot be told, it is left as it stands.

    Raises:
        RefusedImage: the master cannot be decoded.
        StoreUnavailable, ObjectMissing: the master cannot be had.
        KeyError: no such series is known.
    """
    clock = Clock()
    series = tools.series(master.series_key)
    at_step("decode")
    with clock.step("decode"):
        frame = decode_master(tools, master)
    at_step("deskew")
    with clock.step("deskew"):
        page = _straight(frame.pixels, master.side, tools.readers.first, stored)
    at_step("read")
    with clock.step("read"):
        page, reading = read_straight_page(page, frame.ppi, series, tools.readers)
    anew = None
    if stored is not None and page.orientation.turned_deg:
        at_step("derivative")
        with clock.step("derivative"):
            drawn = draw_derivative(page, frame)
            anew = DrawnAnew(drawn, page.transform.as_json(), trace_page(page, drawn, reading))
    return Rereading(
        engine=reading.recogniser,
        lines=describe_lines(reading.content, series),
        proposals=describe_proposals(reading, series),
        alto=write_alto(reading.content, alto_source(master.sha256, master.frame, reading), series),
        timings=clock.seconds,
        turn=_describe_turn(page, Thresholds().with_overrides(series.quality)),
        anew=anew,
    )


def _straight(
    pixels: NDArray[np.uint8], side: HalfSide | None, recogniser: Recogniser, stored: PageTransform | None
) -> StraightPage:
    """Return the page by the part and the quarters of its stored derivative; how that is turned is still to
    be told.
    """
    if stored is None:
        return straighten_side(pixels, side, recogniser)
    turned = 0 if side is None else turn_by_half(stored, side)
    page = straighten_page(pixels, side=side, turned=turned)
    return page.set_upright(replace(UNKNOWN_ORIENTATION, turned_deg=quarters_between(page.transform, stored)))


def store_text(store: ObjectStore, reading: Rereading) -> str:
    """Keep the text as ALTO under its content key; returns the key."""
    return store_content(store, reading.alto)


def store_turned(store: ObjectStore, reading: Rereading) -> TurnedDerivative | None:
    """Keep the derivative that was drawn anew, if any was; the one there was is not touched."""
    anew = reading.anew
    if anew is None:
        return None
    return TurnedDerivative(store_derivative(store, anew.drawn), anew.transform, anew.trace)


def _describe_turn(page: StraightPage, limits: Thresholds) -> Json:
    turn = check_orientation(page.orientation, limits, blank=False, page=page.crop.box)
    return describe_finding(turn)
