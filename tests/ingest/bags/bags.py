"""Bags as a station writes them, made small, and made wrong on purpose."""

import hashlib
import json
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from tests.ingest.house import declared

KEY = "folder-0001"
DECLARATION = b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
Files = dict[str, bytes]


def batch_json(files: Sequence[tuple[str, bytes]], **more: Any) -> bytes:
    """The tag file that names the batch: a page a file."""
    listed = [declared(name, data, str(n)) for n, (name, data) in enumerate(files, 1)]
    body = {"volume": "甲-1", "files": listed, "station": "A01-S1", "idempotency_key": KEY, **more}
    return json.dumps(body, ensure_ascii=False).encode()


def bag_files(files: Sequence[tuple[str, bytes]], **more: Any) -> Files:
    """A sound bag's files by path."""
    payload = {f"data/{n:04d}_{name}": data for n, (name, data) in enumerate(files, 1)}
    size = sum(len(data) for data in payload.values())
    tags = {
        "bagit.txt": DECLARATION,
        "bag-info.txt": f"Payload-Oxum: {size}.{len(payload)}\n".encode(),
        "huji-manifest.json": batch_json(files, **more),
        "manifest-sha256.txt": sums(payload),
    }
    return {**payload, **tags, "tagmanifest-sha256.txt": sums(tags)}


def sums(files: Mapping[str, bytes], algorithm: str = "sha256") -> bytes:
    """A manifest of these files."""
    lines = [
        f"{hashlib.new(algorithm, data).hexdigest()}  {path.replace('%', '%25')}\n"
        for path, data in files.items()
    ]
    return "".join(lines).encode()


def retagged(files: Files) -> Files:
    """The same bag with the sums of its tag files made right."""
    tags = {path: data for path, data in files.items() if not path.startswith(("data/", "tagmanifest-"))}
    return {**files, "tagmanifest-sha256.txt": sums(tags)}


def write_folder(folder: Path, files: Files) -> Path:
    """The bag in a folder."""
    for path, data in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(data)
    return folder


def write_zip(path: Path, files: Files, top: str = "") -> Path:
    """The bag in an archive, in a folder of its own or at the root."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(top + name, data)
    return path
