"""The two ports to object storage: whole objects, and uploads in parts.

Every method that changes something may be repeated: the end state is the same. A content key
(`content_key`) holds only bytes of the SHA-256 it names.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import BinaryIO, Protocol

#: S3 refuses smaller parts, save the last one; the file store takes any size.
SMALLEST_PART = 5 * 1024 * 1024
LARGEST_PART_NUMBER = 10_000


@dataclass(frozen=True, slots=True)
class StoredObject:
    """An object at rest; `size` in bytes, `sha256` in lower-case hex where it is known without reading."""

    key: str
    size: int
    sha256: str | None


@dataclass(frozen=True, slots=True)
class PartAddress:
    """Where and how a client PUTs one part; `headers` go along with the request."""

    url: str
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class UploadedPart:
    """A part the store holds; `etag` is the store's own mark of its content, `size` in bytes."""

    number: int
    etag: str
    size: int


class ObjectStore(Protocol):
    """Whole objects under keys; each method may raise StoreUnavailable."""

    def put(self, key: str, data: bytes | BinaryIO, sha256: str | None = None) -> StoredObject:
        """Store the bytes whole or not at all; raises ObjectCorrupt if they do not have that hash."""
        ...

    def open(self, key: str) -> BinaryIO:
        """A reader of the object's bytes, to be closed by the caller; raises ObjectMissing."""
        ...

    def read(self, key: str) -> bytes:
        """All bytes; raises ObjectMissing."""
        ...

    def read_range(self, key: str, start: int, length: int) -> bytes:
        """At most `length` bytes from `start` (fewer at the end of the object); raises ObjectMissing."""
        ...

    def stat(self, key: str) -> StoredObject | None:
        """The object's size, and its hash if the key names one; None if there is no such object."""
        ...

    def copy(self, source: str, target: str) -> StoredObject:
        """Copy within the store; to a content key only after hashing the source.

        Raises ObjectMissing without a source, ObjectCorrupt if it has another hash than the target names.
        """
        ...

    def delete(self, key: str) -> None:
        """Remove the object; succeeds if there is none."""
        ...

    def verify(self, key: str, sha256: str) -> bool:
        """Whether the stored bytes, read again, have that hash; raises ObjectMissing."""
        ...

    def list(self, prefix: str = "") -> Iterator[StoredObject]:
        """The objects whose key begins with `prefix`, each once, in the store's own order."""
        ...


class PartUploads(Protocol):
    """Uploads in parts to an incoming key; each method may raise StoreUnavailable."""

    def begin(self, incoming_key: str) -> str:
        """The reference of the open upload to that key, opened if there is none; opaque and URL-safe."""
        ...

    def part_address(self, upload_ref: str, number: int, expires: timedelta) -> PartAddress:
        """Where a client sends part `number` (1 … 10000) until `expires` from now."""
        ...

    def put_part(self, upload_ref: str, number: int, data: bytes | BinaryIO) -> UploadedPart:
        """Store one part, in place of an earlier one of that number; raises ObjectMissing if not open."""
        ...

    def list_parts(self, upload_ref: str) -> Sequence[UploadedPart]:
        """The parts held, by number; raises ObjectMissing if the upload is not open.

        A number sent twice within a second with different bytes may be left out: send it again.
        """
        ...

    def complete(self, upload_ref: str, parts: Sequence[UploadedPart]) -> None:
        """Join the parts, named by their etags, into the incoming object; succeeds if done before.

        Raises ObjectMissing if the upload is neither open nor complete, ObjectCorrupt if a part named
        here is not held with that etag, or the complete object has another size than the parts.
        """
        ...

    def abort(self, upload_ref: str) -> None:
        """Forget the upload and its parts; an object already completed stays; repeatable."""
        ...
