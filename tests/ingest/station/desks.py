"""A station's spool for tests, with scans taken as the hot folder takes them."""

import io
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from PIL import Image

from ingest.station.judging.verdict import make_verdict
from ingest.station.sitting.open_volume import open_volume
from ingest.station.spool.spool import Spool
from ingest.station.spool.take_file import copy_in, take_file

GREEN: dict[str, Any] = make_verdict([], frames=1)


def open_spool(folder: Path, volume: str | None = "甲-1", **more: Any) -> Spool:
    """A spool in a folder, with a volume open."""
    spool = Spool(folder)
    spool.make_folders()
    if volume is not None:
        open_volume(spool, volume, **more)
    return spool


def turned(data: bytes, angle_deg: float) -> bytes:
    """A scan whose page lies turned, counter-clockwise as seen."""
    page = Image.open(io.BytesIO(data)).rotate(angle_deg, Image.Resampling.BICUBIC, fillcolor=235)
    buffer = io.BytesIO()
    page.save(buffer, "PNG", dpi=(300, 300))
    return buffer.getvalue()


def take(spool: Spool, source: Path, data: bytes, verdict: dict[str, Any] | None = None) -> str:
    """Take a file into the open sitting; returns its scan."""
    source.write_bytes(data)
    here = spool.state.here
    assert here is not None
    scan = take_file(spool, copy_in(spool, source), source.name, here)
    spool.append("judged", scan=scan.id, verdict=verdict or GREEN)
    return scan.id


def take_pages(spool: Spool, folder: Path, pages: Sequence[bytes]) -> list[str]:
    """Take several."""
    return [take(spool, folder / f"{number:03d}.png", data) for number, data in enumerate(pages, 1)]
