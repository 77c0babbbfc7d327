"""Uploads in parts as files: the embedded store's PartUploads."""

import hashlib
import shutil
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from typing import BinaryIO

from storage.objects.durable import disk_errors, make_folder, remove_folder, write_whole
from storage.objects.errors import ObjectCorrupt, ObjectMissing
from storage.objects.files import FileObjectStore
from storage.objects.hashing import CHUNK, as_reader, pump
from storage.objects.joined import require_completed, require_parts
from storage.objects.keys import check_part_number, content_hash, split_upload_ref, upload_ref
from storage.objects.ports import PartAddress, UploadedPart


class FilePartUploads:
    """The PartUploads port on a local file system; clients send parts to our own API.

    `part_url` is that API's address of one part, with `{upload_ref}` and `{number}` in it. The API
    checks who may send; the address itself carries no right and never expires.
    """

    def __init__(self, root: Path, store: FileObjectStore, part_url: str) -> None:
        self._uploads = root.resolve() / "uploads"
        self._temporary = root.resolve() / "temporary"
        self._store = store
        self._part_url = part_url

    def begin(self, incoming_key: str) -> str:
        """Open the upload; see the port."""
        if content_hash(incoming_key):
            raise ValueError("parts are joined under an incoming key, then copied to a content key")
        self._store.path_of(incoming_key)
        with disk_errors(incoming_key):
            make_folder(self._folder(incoming_key))
        return upload_ref(incoming_key)

    def part_address(self, upload_ref: str, number: int, expires: timedelta) -> PartAddress:
        """Our own API's address of the part; see the port."""
        del expires  # our API checks the sender at each part
        split_upload_ref(upload_ref)
        return PartAddress(self._part_url.format(upload_ref=upload_ref, number=check_part_number(number)))

    def put_part(self, upload_ref: str, number: int, data: bytes | BinaryIO) -> UploadedPart:
        """Store one part; see the port."""
        key, _ = split_upload_ref(upload_ref)
        folder, measured = self._open_folder(key), (0, "")

        def fill(sink: BinaryIO) -> None:
            nonlocal measured
            measured = pump(as_reader(data), sink)

        with disk_errors(key):
            write_whole(folder / _name(check_part_number(number)), self._temporary, fill)
        return UploadedPart(number, etag=measured[1], size=measured[0])

    def list_parts(self, upload_ref: str) -> Sequence[UploadedPart]:
        """The parts held, hashed as they now are on disk; see the port."""
        key, _ = split_upload_ref(upload_ref)
        folder = self._open_folder(key)
        with disk_errors(key):
            return [_measure(path) for path in sorted(folder.iterdir())]

    def complete(self, upload_ref: str, parts: Sequence[UploadedPart]) -> None:
        """Join the parts; see the port."""
        key, _ = split_upload_ref(upload_ref)
        require_parts(parts)
        try:
            self._join(key, parts)
        except ObjectMissing:
            require_completed(key, self._store.stat(key), parts)
        remove_folder(self._folder(key), self._temporary)

    def abort(self, upload_ref: str) -> None:
        """Forget the parts; see the port."""
        key, _ = split_upload_ref(upload_ref)
        with disk_errors(key):
            remove_folder(self._folder(key), self._temporary)

    def _folder(self, key: str) -> Path:
        return self._uploads / hashlib.sha256(key.encode()).hexdigest()

    def _open_folder(self, key: str) -> Path:
        folder = self._folder(key)
        if not folder.is_dir():
            raise ObjectMissing(f"{key}: this upload is not open; begin it again")
        return folder

    def _join(self, key: str, parts: Sequence[UploadedPart]) -> None:
        folder = self._open_folder(key)

        def fill(sink: BinaryIO) -> None:
            for part in sorted(parts, key=lambda part: part.number):
                _require_same(key, folder, part)
                with (folder / _name(part.number)).open("rb") as source:
                    shutil.copyfileobj(source, sink, CHUNK)

        with disk_errors(key):
            target = self._store.path_of(key)
            make_folder(target.parent)
            write_whole(target, self._temporary, fill)


def _name(number: int) -> str:
    return f"{number:05d}"


def _measure(path: Path) -> UploadedPart:
    with path.open("rb") as source:
        size, sha256 = pump(source)
    return UploadedPart(int(path.name), etag=sha256, size=size)


def _require_same(key: str, folder: Path, part: UploadedPart) -> None:
    path = folder / _name(part.number)
    if not path.exists() and folder.is_dir():
        raise ObjectCorrupt(f"{key}: part {part.number} is not held; send it again")
    if _measure(path) != part:
        raise ObjectCorrupt(f"{key}: part {part.number} is not the one declared; send it again")
