"""Draw a straight page's derivative and what tells the page from others; storing it is another step."""

import hashlib
from dataclasses import dataclass

from imaging.arrays import Pixels
from imaging.fingerprint import fingerprint, pixel_hash
from imaging.pyramid import halved, read_layout, thumbnail, write_levels
from ingest.decoding.answers import DecodedFrame
from ingest.pipeline.outcome import Derivative, Trace
from ingest.pipeline.results import PageReading
from ingest.pipeline.run_describe import describe_value
from ingest.pipeline.straighten_page import StraightPage
from storage.objects.keys import content_key
from storage.objects.ports import ObjectStore

_NEAR = 1024  # pixels of a level that a thumbnail is well made of


@dataclass(frozen=True, slots=True)
class DrawnDerivative:
    """The tiled pyramid and the thumbnail as bytes, with the pyramid's size in pixels; `half` is its second
    level, or the only one."""

    pyramid: bytes
    thumbnail: bytes
    width: int
    height: int
    half: Pixels


def draw_derivative(page: StraightPage, frame: DecodedFrame) -> DrawnDerivative:
    """Draw a page's derivative with its frame's resolution and colours; nothing is stored."""
    height, width = page.pixels.shape[:2]
    levels = halved(page.pixels)
    near = next(level for level in levels if max(level.shape[:2]) <= _NEAR)
    pyramid = write_levels(levels, frame.ppi, frame.icc)
    return DrawnDerivative(pyramid, thumbnail(near), width, height, levels[min(1, len(levels) - 1)])


def store_derivative(store: ObjectStore, drawn: DrawnDerivative) -> Derivative:
    """Keep a derivative under its content keys."""
    return Derivative(
        key=store_content(store, drawn.pyramid),
        thumbnail_key=store_content(store, drawn.thumbnail),
        width=drawn.width,
        height=drawn.height,
        layout=read_layout(drawn.pyramid).as_json(),
    )


def store_content(store: ObjectStore, data: bytes) -> str:
    """Keep bytes under their content key; returns the key."""
    return store.put(content_key(hashlib.sha256(data).hexdigest()), data).key


def trace_page(page: StraightPage, drawn: DrawnDerivative, reading: PageReading) -> Trace:
    """Return what tells the page, as it stands and was drawn, from the others of its volume."""
    number = reading.content.designation
    return Trace(
        pixels_sha256=pixel_hash(drawn.half, "half"),
        writing=fingerprint(page.pixels),
        designation=None if number is None else describe_value(number),
    )
