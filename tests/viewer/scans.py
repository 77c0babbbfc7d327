"""Scanned pages for screens: real pixels through the real pyramid, with what recognition proposes on them."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from sqlalchemy.orm import Session

from bench.pages.draw_volume import DrawnPage
from bench.pages.truth import CellTruth
from imaging.arrays import Pixels
from imaging.pyramid import read_layout, thumbnail, write_pyramid
from imaging.transform import PageTransform, for_deskew
from imaging.warp import warp
from storage.catalogue.tables import Page, PageImage
from storage.objects.keys import content_key
from storage.objects.ports import ObjectStore
from tests.index_service.scene import NOW, proposal


@dataclass(frozen=True)
class Scan:
    """One page as a station scans it, its skew, and what will be proposed on it."""

    pixels: Pixels
    skew_deg: float = 0.0
    proposals: list[dict[str, Any]] = field(default_factory=list)
    lines: list[dict[str, Any]] = field(default_factory=list)


def plain_scan(names: Sequence[str], *, tone: int = 230, confidence: float = 0.99) -> Scan:
    """A plain sheet of 1000×800 with a dark stroke in each person's box."""
    pixels = np.full((800, 1000, 3), tone, np.uint8)
    proposals = [proposal(at, name, confidence=confidence) for at, name in enumerate(names)]
    for one in proposals:
        x0, y0, x1, y1 = (int(v) for v in one["fields"]["name"]["box"])
        pixels[y0 + 20 : y1 - 20, x0 + 20 : x1 - 20] = 40
    lines = [
        {"text": name, "box": p["fields"]["name"]["box"]} for name, p in zip(names, proposals, strict=True)
    ]
    return Scan(pixels, 0.0, proposals, lines)


def drawn_scan(drawn: DrawnPage, doubtful: Sequence[str] = ()) -> Scan:
    """A page the bench drew, its truth proposed; texts given in `doubtful` come with little confidence."""
    truth = drawn.truth
    transform = for_deskew((truth.width, truth.height), truth.skew_deg)
    people: dict[int, dict[str, Any]] = {}
    for cell in truth.cells:
        if cell.entry is not None and cell.field and cell.text and cell.part != "label":
            value = _value(cell, transform, 0.62 if cell.text in doubtful else 0.985)
            people.setdefault(cell.entry, {})[cell.field] = value
    proposals = [_proposal(at, fields) for at, fields in sorted(people.items()) if "name" in fields]
    lines = [{"text": f["text"], "box": f["box"]} for p in proposals for f in p["fields"].values()]
    return Scan(drawn.pixels, truth.skew_deg, proposals, lines)


def store_scan(session: Session, store: ObjectStore, page: Page, scan: Scan) -> PageImage:
    """Put a scan's derivative into the store and its image into the archive."""
    height, width = scan.pixels.shape[:2]
    transform = for_deskew((width, height), scan.skew_deg)
    upright = warp(scan.pixels, transform, background=235)
    derivative, small = write_pyramid(upright, ppi=300), thumbnail(upright)
    sha = hashlib.sha256(scan.pixels.tobytes()).hexdigest()
    image = PageImage(
        page_id=page.id,
        office_id=page.office_id,
        master_key=content_key(sha),
        master_sha256=sha,
        media_type="image/png",
        width=width,
        height=height,
        ppi=300.0,
        derivative_key=_put(store, derivative),
        derivative_width=upright.shape[1],
        derivative_height=upright.shape[0],
        derivative_layout=read_layout(derivative).as_json(),
        thumbnail_key=_put(store, small),
        transform=transform.as_json(),
        quality=[],
        flagged=False,
        created_at=NOW,
    )
    session.add(image)
    session.flush()
    return image


def _put(store: ObjectStore, data: bytes) -> str:
    sha = hashlib.sha256(data).hexdigest()
    return store.put(content_key(sha), data, sha).key


def _value(cell: CellTruth, transform: PageTransform, confidence: float) -> dict[str, Any]:
    corners = transform.to_derivative([list(corner) for corner in cell.quad])
    x0, y0 = corners.min(axis=0)
    x1, y1 = corners.max(axis=0)
    box = transform.box_to_master((int(x0), int(y0), int(x1), int(y1)))
    alternatives = [{"text": cell.text[:-1] + "茂", "confidence": 0.31}] if confidence < 0.9 else []
    return {
        "text": cell.text,
        "confidence": confidence,
        "box": [float(v) for v in box],
        "alternatives": alternatives,
    }


def _proposal(ordinal: int, fields: dict[str, Any]) -> dict[str, Any]:
    boxes = [value["box"] for value in fields.values()]
    region = [
        min(b[0] for b in boxes), min(b[1] for b in boxes), max(b[2] for b in boxes), max(b[3] for b in boxes)
    ]  # fmt: skip
    least = min(value["confidence"] for value in fields.values())
    return {"ordinal": ordinal, "box": region, "least_confidence": least, "fields": fields}
