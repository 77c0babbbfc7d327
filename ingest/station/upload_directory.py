"""Send a folder of scans as one batch; the same call again goes on where the last one was cut off."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ingest.station.api import StationApi
from ingest.station.errors import StationError
from ingest.station.journal import NAME, Journal
from ingest.station.make_manifest import idempotency_key, make_manifest
from ingest.station.progress import Progress, Silent
from ingest.station.scan_directory import scan_directory
from ingest.station.upload_file import upload_file


@dataclass(frozen=True, slots=True)
class Refusal:
    """A file the server will not have, and why."""

    file: str
    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class Report:
    """What became of a folder: every scan is stored or refused; the rest was no scan."""

    batch: str
    stored: tuple[str, ...]
    refused: tuple[Refusal, ...]
    skipped: tuple[str, ...]


def upload_directory(
    api: StationApi,
    folder: Path,
    *,
    volume: str,
    first_page: int = 1,
    request_id: str | None = None,
    spread: str | None = None,
    journal: Path | None = None,
    progress: Progress | None = None,
) -> Report:
    """Upload the folder's scans in natural order as consecutive pages of the volume; see `make_manifest`.

    Raises:
        StationError: nothing to send, a defect in the manifest, or a server that stays away.
    """
    progress = progress or Silent()
    scans = scan_directory(folder)
    if not scans.files:
        raise StationError(f"{folder} 中沒有影像檔。", f"There are no scans in {folder}.")
    kept = Journal.open(journal or folder / NAME)
    total = sum(path.stat().st_size for path in scans.files)
    with progress.stage("核對 Hashing", total) as hashed:
        manifest = make_manifest(
            scans.files,
            volume=volume,
            first_page=first_page,
            request_id=request_id,
            spread=spread,
            journal=kept,
            hashed=hashed,
        )
    batch = api.declare(manifest, idempotency_key(manifest))
    with progress.stage("上傳 Uploading", total) as sent:
        for path, file in zip(scans.files, batch["files"], strict=True):
            if file["state"] != "expected":
                sent(file["size"])
                continue
            if upload_file(api, batch["id"], file["ordinal"], path, sent) == "stored":
                kept.note_acknowledged(batch["id"], path.name)
    return _report(api.batch(batch["id"]), scans.skipped)


def _report(batch: dict[str, Any], skipped: tuple[str, ...]) -> Report:
    refused = tuple(
        Refusal(file["name"], file["refusal"]["zh"], file["refusal"]["en"])
        for file in batch["files"]
        if file["state"] == "refused"
    )
    stored = tuple(file["name"] for file in batch["files"] if file["state"] == "stored")
    return Report(batch["id"], stored, refused, skipped)
