"""Objects as files under one folder: the embedded store."""

import shutil
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import BinaryIO

from storage.objects.durable import disk_errors, make_folder, sync_folder, write_whole
from storage.objects.errors import InvalidKey, ObjectMissing
from storage.objects.hashing import as_reader, check_hash, pump
from storage.objects.keys import check_key, check_prefix, content_hash
from storage.objects.ports import StoredObject


class FileObjectStore:
    """The ObjectStore port on a local file system.

    Writers work under a temporary name and rename, so readers and a kill see whole objects or none.
    """

    def __init__(self, root: Path) -> None:
        self._objects = root.resolve() / "objects"
        self._temporary = root.resolve() / "temporary"

    def path_of(self, key: str) -> Path:
        """The file that holds the key; raises InvalidKey if that would lie outside the store."""
        path = self._objects / check_key(key)
        if not path.resolve().is_relative_to(self._objects):
            raise InvalidKey(f"{key}: a link leads out of the store; remove it")
        return path

    def put(self, key: str, data: bytes | BinaryIO, sha256: str | None = None) -> StoredObject:
        """Store the bytes under the key; see the port."""
        path, measured = self.path_of(key), (0, "")

        def fill(sink: BinaryIO) -> None:
            nonlocal measured
            measured = pump(as_reader(data), sink)
            check_hash(key, measured[1], sha256)

        with disk_errors(key):
            make_folder(path.parent)
            write_whole(path, self._temporary, fill)
        return StoredObject(key, *measured)

    def open(self, key: str) -> BinaryIO:
        """A reader of the object's bytes; see the port."""
        path = self.path_of(key)
        with disk_errors(key):
            return path.open("rb")

    def read(self, key: str) -> bytes:
        """All bytes; see the port."""
        path = self.path_of(key)
        with disk_errors(key):
            return path.read_bytes()

    def read_range(self, key: str, start: int, length: int) -> bytes:
        """A slice of the bytes; see the port."""
        if start < 0 or length < 0:
            raise ValueError("a range starts at 0 or later and has no negative length")
        path = self.path_of(key)
        with disk_errors(key), path.open("rb") as source:
            source.seek(start)
            return source.read(length)

    def stat(self, key: str) -> StoredObject | None:
        """Size and named hash; see the port."""
        path = self.path_of(key)
        try:
            with disk_errors(key):
                size = path.stat().st_size if not path.is_dir() else None
        except ObjectMissing:
            return None
        return None if size is None else StoredObject(key, size, content_hash(key))

    def copy(self, source: str, target: str) -> StoredObject:
        """Copy, hashing on the way; see the port."""
        with self.open(source) as reader:
            return self.put(target, reader)

    def delete(self, key: str) -> None:
        """Remove the file; see the port."""
        path = self.path_of(key)
        if self.stat(key) is None:
            return
        with disk_errors(key):
            path.unlink(missing_ok=True)
            sync_folder(path.parent)

    def verify(self, key: str, sha256: str) -> bool:
        """Hash the bytes again; see the port."""
        with self.open(key) as reader, disk_errors(key):
            return pump(reader)[1] == sha256

    def list(self, prefix: str = "") -> Iterator[StoredObject]:
        """The objects under a prefix; see the port."""
        folder, name = check_prefix(prefix).rpartition("/")[::2]
        for path in _files(self._objects / folder, name):
            if found := self.stat(path.relative_to(self._objects).as_posix()):
                yield found

    def sweep_temporary(self, older_than: timedelta) -> int:
        """Remove what killed writers left behind; returns how many. Give more than any write takes."""
        if not self._temporary.is_dir():
            return 0
        before = time.time() - older_than.total_seconds()
        stale = [path for path in self._temporary.iterdir() if path.lstat().st_mtime < before]
        for path in stale:
            if path.is_dir():
                shutil.rmtree(path, ignore_errors=True)
            else:
                path.unlink(missing_ok=True)
        return len(stale)


def _files(folder: Path, name: str) -> Iterator[Path]:
    """Every regular file whose path begins with folder/name."""
    if not folder.is_dir():
        return
    for path in folder.iterdir():
        if path.name.startswith(name):
            yield from (path,) if path.is_file() else _files(path, "")
