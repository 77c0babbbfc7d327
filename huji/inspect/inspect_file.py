"""Take one file through the pure pipeline, decoded in a limited child process as at a worker."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from domain.series import Series
from huji.inspect.describe import describe_page, describe_refusal
from huji.inspect.draw_overlay import Seen, draw_overlay
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
    if settings.overlays is not None:
        seen = Seen(reading, findings, settings.series)
        draw_overlay(decoded.pixels, seen, _place(settings.overlays, frame, side, ".png"))
    if settings.alto is not None:
        _place(settings.alto, frame, side, ".xml").write_bytes(_alto(frame, reading, settings.series))
    described = describe_page(str(frame.path), settings.series, reading, findings)
    return described if side is None else {**described, "side": side}


def _alto(frame: _Frame, reading: PageReading, series: Series) -> bytes:
    with frame.path.open("rb") as file:
        sha256 = hashlib.file_digest(file, "sha256").hexdigest()
    return write_alto(reading.content, alto_source(sha256, frame.number, reading), series)


def _place(folder: Path, frame: _Frame, side: HalfSide | None, suffix: str) -> Path:
    """Return where a page's picture or text goes; the folder is made."""
    folder.mkdir(parents=True, exist_ok=True)
    number = f"-{frame.number + 1}" if frame.decoded.frames > 1 else ""
    half = f"-{side}" if side else ""
    return folder / f"{frame.path.stem}{number}{half}{suffix}"
