"""SHA-256 of bytes on their way from a reader to a writer."""

import hashlib
import io
from typing import BinaryIO

from storage.objects.errors import ObjectCorrupt
from storage.objects.keys import content_hash

CHUNK = 1024 * 1024


def as_reader(data: bytes | BinaryIO) -> BinaryIO:
    """A reader over the bytes, or the reader itself."""
    return io.BytesIO(data) if isinstance(data, bytes | bytearray | memoryview) else data


def pump(source: BinaryIO, sink: BinaryIO | None = None) -> tuple[int, str]:
    """Read to the end, writing to `sink` if there is one; returns (bytes, SHA-256 in hex)."""
    digest, size = hashlib.sha256(), 0
    while chunk := source.read(CHUNK):
        digest.update(chunk)
        size += len(chunk)
        if sink is not None:
            sink.write(chunk)
    return size, digest.hexdigest()


def check_hash(key: str, found: str, expected: str | None) -> None:
    """Raise ObjectCorrupt unless `found` is what the caller expects and what the key names."""
    for wanted in (expected, content_hash(key)):
        if wanted is not None and wanted != found:
            raise ObjectCorrupt(f"{key}: the bytes have SHA-256 {found}, but {wanted} was declared")
