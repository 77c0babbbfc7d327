"""Write a closed volume as a bag: under a temporary name until it was read back whole."""

import hashlib
import json
import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, BinaryIO

from ingest.station.bag.verify_bag import verify_bag
from ingest.station.errors import StationError
from ingest.station.hash_file import hash_of
from ingest.station.spool.take_file import sync_folder

MANIFEST = "huji-manifest.json"
_CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class Payload:
    """One file of the payload: where it is now, and its name and hash in the manifest, in hex."""

    source: Path
    name: str
    sha256: str
    size: int


def write_bag(
    folder: Path,
    name: str,
    payload: Sequence[Payload],
    manifest: dict[str, Any],
    *,
    station: str,
    on: date,
    copied: Callable[[int], None],
) -> Path:
    """Return the bag `folder/name`, verified; `copied` is told of bytes. Cut off, it goes on.

    Payload files are `data/<place, four digits>_<name>`; the tag file `huji-manifest.json` holds the batch's
    manifest with `station` and `idempotency_key`.
    Raises:
        StationError: a copy in the spool is not what its manifest says, or the disk lost what was written.
        OSError: the disk is full or gone.
    """
    bag, part = folder / name, folder / f".{name}.part"
    if bag.exists():
        verify_bag(bag)
        return bag
    (part / "data").mkdir(parents=True, exist_ok=True)
    lines = []
    for ordinal, file in enumerate(payload, 1):
        path = f"data/{ordinal:04d}_{file.name}"
        _copy(file, part / path)
        copied(file.size)
        lines.append(f"{file.sha256}  {path.replace('%', '%25')}\n")
    _write(part / "manifest-sha256.txt", "".join(lines))
    _write(part / MANIFEST, json.dumps(manifest, ensure_ascii=False, indent=1) + "\n")
    _write(part / "bagit.txt", "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n")
    _write(part / "bag-info.txt", _info(payload, manifest, station, on))
    _write(part / "tagmanifest-sha256.txt", _tags(part))
    verify_bag(part)
    part.replace(bag)
    sync_folder(folder)
    return bag


def _copy(file: Payload, target: Path) -> None:
    """Copy and sync a file, unless it is there whole; what the spool lost is found here."""
    if target.exists() and target.stat().st_size == file.size and hash_of(target) == file.sha256:
        return
    digest = hashlib.sha256()
    with _opened(file) as read, target.open("wb") as write:
        while chunk := read.read(_CHUNK):
            digest.update(chunk)
            write.write(chunk)
        write.flush()
        os.fsync(write.fileno())
    if digest.hexdigest() != file.sha256:
        raise StationError(
            f"暫存的 {file.name} 與掃描時不同;請自原檔重掃該頁。",
            f"The spool's copy of {file.name} is not what was scanned: scan that page again.",
        )


def _opened(file: Payload) -> BinaryIO:
    try:
        return file.source.open("rb")
    except OSError as error:
        raise StationError(
            f"暫存的 {file.name} 遺失或無法讀取({file.source});請自掃描夾將原檔複製回該處,或重掃該頁。",
            f"The spool's copy of {file.name} is gone or cannot be read: copy the original from the hot "
            f"folder to {file.source}, or scan that page again.",
        ) from error


def _info(payload: Sequence[Payload], manifest: dict[str, Any], station: str, on: date) -> str:
    size = sum(file.size for file in payload)
    fields = {
        "Bag-Software-Agent": "huji-station",
        "Bagging-Date": on.isoformat(),
        "Payload-Oxum": f"{size}.{len(payload)}",
        "External-Identifier": manifest["idempotency_key"],
        "Internal-Sender-Identifier": station,
        "Internal-Sender-Description": f"{manifest['volume']} {manifest['purpose']}",
    }
    return "".join(f"{name}: {value}\n" for name, value in fields.items())


def _tags(part: Path) -> str:
    names = ("bag-info.txt", "bagit.txt", MANIFEST, "manifest-sha256.txt")
    return "".join(f"{hash_of(part / name)}  {name}\n" for name in names)


def _write(path: Path, text: str) -> None:
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
