"""Take one file through the pure pipeline."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from domain.series import Series
from huji.inspect.describe import describe_page, describe_refusal
from huji.inspect.draw_overlay import Seen, draw_overlay
from imaging.decoding import DecodedPage, RefusedImage, decode
from imaging.half_side import HalfSide
from imaging.quality import Thresholds, assess, assess_turn
from ingest.pipeline.clock import Clock
from ingest.pipeline.plan import read_straight_page
from ingest.pipeline.read_form import Readers
from ingest.pipeline.straighten_page import straighten_page
from ingest.pipeline.write_alto import AltoSource, write_alto

Pixels = NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class InspectSettings:
    """What to read files as, by which engines, and where to draw what was found and write it as ALTO (nowhere
    if None). `spread` says that each frame shows two pages."""

    series: Series
    readers: Readers
    overlays: Path | None = None
    alto: Path | None = None
    spread: bool = False

    def sides(self) -> tuple[HalfSide | None, ...]:
        """Return the pages of a frame as they are read: vertical books go from right to left."""
        if not self.spread:
            return (None,)
        return ("right", "left") if self.series.direction == "vertical" else ("left", "right")


def inspect_file(path: Path, settings: InspectSettings) -> dict[str, Any]:
    """Describe a file as DESIGN §7 says; further pages (of a spread, of further frames) stand under `pages`.

    A file that is refused is described by its `error` alone, with the code under `error_code`.
    """
    try:
        data = path.read_bytes()
        first = decode(data, 0)
        described, *further = _pages(path, data, first, settings)
        for frame in range(1, first.frames):
            further += _pages(path, data, decode(data, frame), settings)
    except RefusedImage as refusal:
        return describe_refusal(str(path), refusal.code, f"{refusal.zh} {refusal.en}")
    except OSError as error:
        return describe_refusal(
            str(path), "unreadable", f"檔案無法讀取。The file cannot be read: {error.strerror}."
        )
    return {**described, "frames": first.frames, "pages": further}


def _pages(
    path: Path, data: bytes, decoded: DecodedPage, settings: InspectSettings
) -> list[Mapping[str, Any]]:
    """Describe the pages that a frame shows, in reading order."""
    return [_page(path, data, decoded, settings, side) for side in settings.sides()]


def _page(
    path: Path, data: bytes, decoded: DecodedPage, settings: InspectSettings, side: HalfSide | None
) -> Mapping[str, Any]:
    clock = Clock()
    with clock.step("straighten"):
        page = straighten_page(decoded.pixels, side=side)
    with clock.step("quality"):
        limits = Thresholds().with_overrides(settings.series.quality)
        findings = assess(decoded.pixels, decoded.ppi, page.skew, limits, page.crop, side)
    page, reading = read_straight_page(page, decoded.ppi, settings.series, settings.readers, clock=clock)
    findings = assess_turn(page.orientation, findings, limits, page.crop.box)
    if settings.overlays is not None:
        seen = Seen(reading, findings, settings.series)
        draw_overlay(decoded.pixels, seen, _place(settings.overlays, path, decoded, side, ".png"))
    if settings.alto is not None:
        height, width = decoded.pixels.shape[:2]
        source = AltoSource(
            hashlib.sha256(data).hexdigest(), decoded.frame, width, height, reading.recogniser
        )
        document = write_alto(reading.content, source, settings.series)
        _place(settings.alto, path, decoded, side, ".xml").write_bytes(document)
    described = describe_page(str(path), settings.series, reading, findings)
    return described if side is None else {**described, "side": side}


def _place(folder: Path, path: Path, decoded: DecodedPage, side: HalfSide | None, suffix: str) -> Path:
    """Return where a page's picture or text goes; the folder is made."""
    folder.mkdir(parents=True, exist_ok=True)
    frame = f"-{decoded.frame + 1}" if decoded.frames > 1 else ""
    half = f"-{side}" if side else ""
    return folder / f"{path.stem}{frame}{half}{suffix}"
