"""The manifest of a folder of scans."""

import hashlib
import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from ingest.station.count_frames import count_frames
from ingest.station.errors import StationError
from ingest.station.journal import Journal

Manifest = dict[str, Any]
_CHUNK = 1 << 20
_OTHER = {"right": "left", "left": "right"}


def make_manifest(
    files: Sequence[Path],
    *,
    volume: str,
    first_page: int = 1,
    request_id: str | None = None,
    spread: str | None = None,
    journal: Journal,
    hashed: Callable[[int], None],
) -> Manifest:
    """Return the manifest that declares the files as consecutive pages from `first_page`.

    Every frame of a TIFF is a page. The frames of a PDF are counted by the server, so its further ones are
    named after its page: 7, 7-2, 7-3. `spread` is the side ("right", "left") whose page comes first where
    each frame is a double-page spread. `hashed` is told how many bytes were read.

    Raises:
        StationError: a PDF, whose frames are not counted here, of spreads.
    """
    declared: list[dict[str, Any]] = []
    page = first_page
    for path in files:
        frames = count_frames(path)
        file: dict[str, Any] = {
            "name": path.name,
            "sha256": hash_file(path, journal, hashed),
            "size": path.stat().st_size,
        }
        if frames is None:
            _refuse_spreads(path, spread)
            file["designation"] = str(page)
        else:
            file["pages"] = _pages(page, frames, spread)
        declared.append(file)
        page += len(file.get("pages", [None]))
    manifest: Manifest = {"volume": volume, "purpose": "first_load", "files": declared}
    if request_id is not None:
        manifest |= {"purpose": "rescan", "request_id": request_id}
    return manifest


def _pages(first: int, frames: int, spread: str | None) -> list[dict[str, Any]]:
    if spread is None:
        return [{"designation": str(first + n), "frame": n, "view": 1} for n in range(frames)]
    sides = (spread, _OTHER[spread])
    return [
        {"designation": str(first + 2 * n + place), "frame": n, "view": 1, "side": side}
        for n in range(frames)
        for place, side in enumerate(sides)
    ]


def _refuse_spreads(path: Path, spread: str | None) -> None:
    if spread is not None:
        raise StationError(
            f"{path.name}:PDF 檔的跨頁無法逐一編頁,請改以影像檔(TIFF、JPEG、PNG)上傳。",
            f"{path.name}: the spreads of a PDF cannot be numbered here; send image files (TIFF, JPEG, PNG).",
        )


def idempotency_key(manifest: Manifest) -> str:
    """Return the key of this manifest: a lost journal declares nothing twice."""
    packed = json.dumps(manifest, sort_keys=True, ensure_ascii=False).encode()
    return f"folder-{hashlib.sha256(packed).hexdigest()[:48]}"


def hash_file(path: Path, journal: Journal, hashed: Callable[[int], None]) -> str:
    """Return the file's SHA-256, from the journal if the file did not change since."""
    if (known := journal.hash_of(path)) is not None:
        hashed(path.stat().st_size)
        return known
    digest, state = hashlib.sha256(), path.stat()
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            digest.update(chunk)
            hashed(len(chunk))
    journal.note_hash(path, state, digest.hexdigest())
    return digest.hexdigest()
