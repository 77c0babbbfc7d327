"""Objects and uploads in an S3 bucket, through the `minio` client.

S3 servers differ in conditional writes, so none is used: the lock is a row in the database.
The client offers the steps of a multipart upload only under leading underscores; the pinned version
has them, and the contract tests run them against a real server.
"""

import io
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta
from typing import BinaryIO, cast

import urllib3
from minio import Minio
from minio.commonconfig import CopySource
from minio.datatypes import Part
from minio.error import MinioException, S3Error
from urllib3.response import BaseHTTPResponse

from storage.objects.errors import ObjectCorrupt, ObjectMissing, StoreUnavailable
from storage.objects.hashing import as_reader, check_hash, pump
from storage.objects.joined import newest_parts, require_completed, require_parts
from storage.objects.keys import check_key, check_part_number, check_prefix, content_hash
from storage.objects.keys import split_upload_ref as split_ref
from storage.objects.keys import upload_ref as make_ref
from storage.objects.ports import PartAddress, StoredObject, UploadedPart
from storage.objects.s3_body import S3Body
from storage.objects.s3_connection import S3Connection, make_pool, split_endpoint
from storage.objects.spool import rewound

_MISSING = frozenset({"NoSuchKey", "NoSuchObject", "NoSuchUpload", "ResourceNotFound"})
_WRONG_BYTES = frozenset(
    {"InvalidPart", "InvalidPartOrder", "BadDigest", "XAmzContentSHA256Mismatch", "EntityTooSmall"}
)
_NOT_ALLOWED = frozenset({"AccessDenied", "InvalidAccessKeyId", "SignatureDoesNotMatch", "NoSuchBucket"})
_WRITE_PART = 32 * 1024 * 1024


class _PastEnd(Exception):
    """The range begins at or after the end of the object."""


@contextmanager
def _s3_errors(key: str) -> Iterator[None]:
    """Translate the client's errors into the port's."""
    try:
        yield
    except S3Error as error:
        if error.code in _MISSING:
            raise ObjectMissing(f"{key}: the S3 server has no such object or upload") from error
        if error.code == "InvalidRange":
            raise _PastEnd from error
        if error.code in _WRONG_BYTES:
            raise ObjectCorrupt(f"{key}: the S3 server refused the bytes ({error.code})") from error
        remedy = "check keys and bucket" if error.code in _NOT_ALLOWED else "try again"
        raise StoreUnavailable(f"{key}: the S3 server refused ({error.code}); {remedy}") from error
    except (MinioException, urllib3.exceptions.HTTPError) as error:
        raise StoreUnavailable(f"{key}: the S3 server does not answer; try again") from error


def _client(connection: S3Connection, endpoint: str) -> Minio:
    host, secure = split_endpoint(endpoint)
    return Minio(
        host,
        access_key=connection.access_key,
        secret_key=connection.secret_key,
        secure=secure,
        region=connection.region,
        http_client=make_pool(connection),
    )


class S3ObjectStore:
    """The ObjectStore port on one bucket; safe to share between threads, not between processes."""

    def __init__(self, connection: S3Connection) -> None:
        self._client = _client(connection, connection.endpoint)
        self._bucket = connection.bucket

    def ensure_bucket(self) -> None:
        """Make the bucket if there is none."""
        with _s3_errors(self._bucket):
            if not self._client.bucket_exists(self._bucket):
                self._client.make_bucket(self._bucket)

    def put(self, key: str, data: bytes | BinaryIO, sha256: str | None = None) -> StoredObject:
        """Hash first, then send; see the port."""
        with rewound(as_reader(data)) as reader:
            size, found = pump(reader)
            check_hash(check_key(key), found, sha256)
            if not self._holds(key, size):
                reader.seek(0)
                with _s3_errors(key):
                    self._client.put_object(self._bucket, key, reader, size, part_size=_WRITE_PART)
        return StoredObject(key, size, found)

    def open(self, key: str) -> BinaryIO:
        """A reader of the object's bytes; see the port."""
        return cast(BinaryIO, io.BufferedReader(S3Body(key, self._get(key, 0, 0)), buffer_size=1 << 16))

    def read(self, key: str) -> bytes:
        """All bytes; see the port."""
        with self.open(key) as reader:
            return reader.read()

    def read_range(self, key: str, start: int, length: int) -> bytes:
        """One range request; see the port."""
        if start < 0 or length < 0:
            raise ValueError("a range starts at 0 or later and has no negative length")
        if length == 0:
            self._size(key)
            return b""
        try:
            body = S3Body(key, self._get(key, start, length))
        except _PastEnd:
            return b""
        with io.BufferedReader(body) as reader:
            return reader.read()

    def stat(self, key: str) -> StoredObject | None:
        """Size and named hash; see the port."""
        try:
            return StoredObject(key, self._size(key), content_hash(key))
        except ObjectMissing:
            return None

    def copy(self, source: str, target: str) -> StoredObject:
        """Copy inside the server, after hashing where the target names a hash; see the port."""
        with _s3_errors(check_key(source)):
            mark = self._client.stat_object(self._bucket, source).etag
        with self.open(source) as reader:
            size, found = pump(reader)
        check_hash(check_key(target), found, None)
        if not self._holds(target, size):
            hashed = CopySource(self._bucket, source, match_etag=mark)  # and not what replaced it since
            with _s3_errors(source):
                self._client.copy_object(self._bucket, target, hashed)
        return StoredObject(target, size, found)

    def delete(self, key: str) -> None:
        """Remove the object; see the port."""
        with _s3_errors(check_key(key)):
            self._client.remove_object(self._bucket, key)

    def verify(self, key: str, sha256: str) -> bool:
        """Hash the bytes again; see the port."""
        with self.open(key) as reader:
            return pump(reader)[1] == sha256

    def list(self, prefix: str = "") -> Iterator[StoredObject]:
        """The objects under a prefix; see the port."""
        with _s3_errors(self._bucket):
            for found in self._client.list_objects(self._bucket, check_prefix(prefix), recursive=True):
                key = cast(str, found.object_name)
                yield StoredObject(key, found.size or 0, content_hash(key))

    def _get(self, key: str, start: int, length: int) -> BaseHTTPResponse:
        with _s3_errors(check_key(key)):
            return self._client.get_object(self._bucket, key, offset=start, length=length)

    def _size(self, key: str) -> int:
        with _s3_errors(check_key(key)):
            return self._client.stat_object(self._bucket, key).size or 0

    def _holds(self, key: str, size: int) -> bool:
        """Whether the content key already holds its bytes; damaged ones are written anew."""
        named, found = content_hash(key), self.stat(key)
        return named is not None and found is not None and found.size == size and self.verify(key, named)


class S3PartUploads:
    """The PartUploads port on one bucket; parts go straight to the server's public address."""

    def __init__(self, connection: S3Connection, store: S3ObjectStore) -> None:
        self._client = _client(connection, connection.endpoint)
        self._public = _client(connection, connection.public_endpoint or connection.endpoint)
        self._bucket = connection.bucket
        self._store = store

    def begin(self, incoming_key: str) -> str:
        """Find the open upload or open one; see the port."""
        if content_hash(check_key(incoming_key)):
            raise ValueError("parts are joined under an incoming key, then copied to a content key")
        with _s3_errors(incoming_key):
            listed = self._client._list_multipart_uploads(self._bucket, prefix=incoming_key)
            held = [item.upload_id for item in listed.uploads if item.object_name == incoming_key]
            token = min(filter(None, held), default=None)
            if token is None:
                token = self._client._create_multipart_upload(self._bucket, incoming_key, {})
        return make_ref(incoming_key, token)

    def part_address(self, upload_ref: str, number: int, expires: timedelta) -> PartAddress:
        """A signed PUT at the public address; see the port."""
        key, token = split_ref(upload_ref)
        part: dict[str, str | list[str] | tuple[str]] = {"uploadId": token}
        part["partNumber"] = str(check_part_number(number))
        url = self._public.get_presigned_url("PUT", self._bucket, key, expires, extra_query_params=part)
        return PartAddress(url)

    def put_part(self, upload_ref: str, number: int, data: bytes | BinaryIO) -> UploadedPart:
        """Store one part; see the port."""
        key, token = split_ref(upload_ref)
        body = as_reader(data).read()
        with _s3_errors(key):
            etag = self._client._upload_part(self._bucket, key, body, None, token, check_part_number(number))
        return UploadedPart(number, etag, len(body))

    def list_parts(self, upload_ref: str) -> Sequence[UploadedPart]:
        """The parts held; see the port."""
        key, token = split_ref(upload_ref)
        versions: list[tuple[UploadedPart, str]] = []
        marker: str | None = None
        with _s3_errors(key):
            while True:
                page = self._client._list_parts(self._bucket, key, token, part_number_marker=marker)
                versions += [
                    (UploadedPart(part.part_number, part.etag, part.size or 0), str(part.last_modified))
                    for part in page.parts
                ]
                if not page.is_truncated:
                    return newest_parts(versions)
                marker = page.next_part_number_marker

    def complete(self, upload_ref: str, parts: Sequence[UploadedPart]) -> None:
        """Join the parts; see the port."""
        key, token = split_ref(upload_ref)
        require_parts(parts)
        ordered = [Part(part.number, part.etag) for part in sorted(parts, key=lambda part: part.number)]
        try:
            with _s3_errors(key):
                self._client._complete_multipart_upload(self._bucket, key, token, ordered)
        except ObjectMissing:
            pass  # completed before, or never begun: the object's presence tells
        require_completed(key, self._store.stat(key), parts)

    def abort(self, upload_ref: str) -> None:
        """Forget the parts; see the port."""
        key, token = split_ref(upload_ref)
        try:
            with _s3_errors(key):
                self._client._abort_multipart_upload(self._bucket, key, token)
        except ObjectMissing:
            return
