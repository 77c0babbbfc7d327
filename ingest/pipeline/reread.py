"""Read a page once more from its master: no new image, no derivative, only what is read."""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from ingest.pipeline.clock import Clock
from ingest.pipeline.plan import read_straight_page
from ingest.pipeline.run import Master, PageTools, decode_master
from ingest.pipeline.run_describe import describe_lines, describe_proposals
from ingest.pipeline.straighten_page import straighten_page
from ingest.pipeline.write_alto import AltoSource, write_alto
from storage.objects.keys import content_key
from storage.objects.ports import ObjectStore

Json = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Rereading:
    """What was read, as RecognitionResult keeps it; `alto` is its text, stored by `store_text`."""

    engine: str
    lines: tuple[Json, ...]
    proposals: tuple[Json, ...]
    alto: bytes
    timings: Mapping[str, float]


def reread_page(tools: PageTools, master: Master, at_step: Callable[[str], None]) -> Rereading:
    """Read one page of a stored master; `at_step` is told each step as it begins. Stores nothing.

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
        page = straighten_page(frame.pixels, side=master.side)
    at_step("read")
    with clock.step("read"):
        _, reading = read_straight_page(page, frame.ppi, series, tools.readers)
    height, width = frame.pixels.shape[:2]
    source = AltoSource(master.sha256, master.frame, width, height, reading.recogniser)
    return Rereading(
        engine=reading.recogniser,
        lines=describe_lines(reading.content),
        proposals=describe_proposals(reading, series),
        alto=write_alto(reading.content, source, series),
        timings=clock.seconds,
    )


def store_text(store: ObjectStore, reading: Rereading) -> str:
    """Keep the text as ALTO under its content key; returns the key."""
    key = content_key(hashlib.sha256(reading.alto).hexdigest())
    return store.put(key, reading.alto).key
