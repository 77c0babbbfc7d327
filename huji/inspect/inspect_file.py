"""Take one file through the pure pipeline, decoded in a limited child process as at a worker."""

import hashlib
import logging
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from domain.series import Series
from huji.inspect.describe import describe_page, describe_refusal
from huji.inspect.draw_overlay import Seen, draw_overlay
from huji.inspect.output_names import OutputNames
from huji.inspect.write_output import OutputFailed, write_output
from imaging.decoding import RefusedImage
from imaging.half_side import HalfSide
from imaging.quality import Thresholds, assess, assess_turn
from ingest.decoding.answers import DecodedFrame
from ingest.decoding.decode_file import decode_file
from ingest.decoding.limited_decoder import LimitedDecoder
from ingest.pipeline.clock import Clock
from ingest.pipeline.plan import read_straight_page
from ingest.pipeline.read_form import Readers
from ingest.pipeline.results import PageReading
from ingest.pipeline.straighten_side import straighten_side
from ingest.pipeline.write_alto import alto_source, write_alto

_log = logging.getLogger(__name__)
_UNFORESEEN = (
    "此檔無法處理,發生未預期的錯誤({0});請連同檔案回報。 "
    "This file met an error that nobody foresaw ({0}); report it together with the file."
)


@dataclass(frozen=True, slots=True)
class InspectSettings:
    """What to read files as, by which engines, and where to draw what was found and write it as ALTO (nowhere
    if None). `spread` says that each frame shows two pages; whoever makes the settings closes the decoder."""

    series: Series
    readers: Readers
    overlays: Path | None = None
    alto: Path | None = None
    spread: bool = False
    decoder: LimitedDecoder = field(default_factory=LimitedDecoder)
    names: OutputNames = field(default_factory=OutputNames)

    def sides(self) -> tuple[HalfSide | None, ...]:
        """Return the pages of a frame as they are read: vertical books go from right to left."""
        if not self.spread:
            return (None,)
        return ("right", "left") if self.series.direction == "vertical" else ("left", "right")


@dataclass(frozen=True, slots=True)
class _Frame:
    """A frame of a file as decoded, and the seconds that took."""

    path: Path
    number: int
    decoded: DecodedFrame
    took: float


def inspect_file(path: Path, settings: InspectSettings) -> dict[str, Any]:
    """Describe a file as DESIGN §7 says; further pages (of a spread, of further frames) stand under `pages`.

    A file that is refused is described by its `error` alone, with the code under `error_code`. The time a
    frame took to decode is told once, with the first page that it shows.
    Raises: OutputFailed, where a picture or a text of it cannot be written.
    """
    try:
        first = _decode(path, 0, settings)
        described, *further = _pages(first, settings)
        for number in range(1, first.decoded.frames):
            further += _pages(_decode(path, number, settings), settings)
    except RefusedImage as refusal:
        return describe_refusal(str(path), refusal.code, f"{refusal.zh} {refusal.en}")
    except OSError as error:
        return describe_refusal(
            str(path), "unreadable", f"檔案無法讀取。The file cannot be read: {error.strerror}."
        )
    except OutputFailed:
        raise
    except Exception as error:
        # Nobody foresaw this file: it is refused, and the others are read.
        _log.debug("%s was refused for an unforeseen error", path, exc_info=True)
        return describe_refusal(str(path), "failed", _UNFORESEEN.format(type(error).__name__))
    return {**described, "frames": first.decoded.frames, "pages": further}


def _decode(path: Path, number: int, settings: InspectSettings) -> _Frame:
    clock = Clock()
    with clock.step("decode"):
        decoded = decode_file(settings.decoder, path, number)
    return _Frame(path, number, decoded, clock.seconds["decode"])


def _pages(frame: _Frame, settings: InspectSettings) -> list[Mapping[str, Any]]:
    """Describe the pages that a frame shows, in reading order."""
    first, *further = settings.sides()
    clock = Clock()
    clock.seconds["decode"] = frame.took
    return [
        _page(frame, settings, first, clock),
        *(_page(frame, settings, side, Clock()) for side in further),
    ]


def _page(frame: _Frame, settings: InspectSettings, side: HalfSide | None, clock: Clock) -> Mapping[str, Any]:
    decoded = frame.decoded
    with clock.step("straighten"):
        page = straighten_side(decoded.pixels, side, settings.readers.first)
    with clock.step("quality"):
        limits = Thresholds().with_overrides(settings.series.quality)
        findings = assess(decoded.pixels, decoded.ppi, page.skew, limits, page.crop, page.gutter)
    page, reading = read_straight_page(page, decoded.ppi, settings.series, settings.readers, clock=clock)
    findings = assess_turn(page.orientation, findings, limits, page.crop.box)
    name = _name(frame, side, settings)
    if settings.overlays is not None:
        seen = Seen(reading, findings, settings.series)
        write_output(settings.overlays / f"{name}.png", partial(draw_overlay, decoded.pixels, seen))
    if settings.alto is not None:
        alto = _alto(frame, reading, settings.series)
        write_output(settings.alto / f"{name}.xml", lambda path: path.write_bytes(alto))
    described = describe_page(str(frame.path), settings.series, reading, findings)
    return described if side is None else {**described, "side": side}


def _alto(frame: _Frame, reading: PageReading, series: Series) -> bytes:
    with frame.path.open("rb") as file:
        sha256 = hashlib.file_digest(file, "sha256").hexdigest()
    return write_alto(reading.content, alto_source(sha256, frame.number, reading), series)


def _name(frame: _Frame, side: HalfSide | None, settings: InspectSettings) -> str:
    """Return how a page's picture and text are named."""
    number = f"-{frame.number + 1}" if frame.decoded.frames > 1 else ""
    half = f"-{side}" if side else ""
    page = (frame.path.absolute(), frame.number, side)
    return settings.names.name(page, f"{frame.path.stem}{number}{half}")
