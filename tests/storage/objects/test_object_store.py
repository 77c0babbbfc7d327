"""The contract of the ObjectStore port, run on files and on a real S3 server."""

import hashlib
import io
import os
from collections.abc import Callable
from contextlib import nullcontext
from typing import BinaryIO

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from storage.objects.errors import InvalidKey, ObjectCorrupt, ObjectMissing
from storage.objects.keys import content_key
from storage.objects.ports import ObjectStore
from tests.services.fixtures import Objects

DATA = b"\x00\xff register page " * 1000
SHA = hashlib.sha256(DATA).hexdigest()
OTHER = DATA[:-1] + b"?"


def _bytes() -> bytes:
    return DATA


def _seekable() -> BinaryIO:
    return io.BytesIO(DATA)


def _forward_only() -> BinaryIO:
    """A reader like a socket's."""
    reading, writing = os.pipe()
    with os.fdopen(writing, "wb") as sink:
        sink.write(DATA)
    return os.fdopen(reading, "rb")


@pytest.mark.parametrize("make", [_bytes, _seekable, _forward_only])
def test_what_is_put_is_read_back(object_store: ObjectStore, make: Callable[[], bytes | BinaryIO]) -> None:
    data = make()
    with data if not isinstance(data, bytes) else nullcontext():
        stored = object_store.put("masters/a.tif", data, SHA)
    assert (stored.key, stored.size, stored.sha256) == ("masters/a.tif", len(DATA), SHA)
    assert object_store.read("masters/a.tif") == DATA
    with object_store.open("masters/a.tif") as reader:
        assert reader.read(7) + reader.read() == DATA
    found = object_store.stat("masters/a.tif")
    assert found is not None
    assert (found.size, found.sha256) == (len(DATA), None)


def test_an_empty_object_is_an_object(object_store: ObjectStore) -> None:
    object_store.put("empty", b"")
    assert object_store.read("empty") == b""
    assert object_store.read_range("empty", 0, 10) == b""
    found = object_store.stat("empty")
    assert found is not None
    assert found.size == 0


def test_a_large_object_goes_through_whole(object_store: ObjectStore) -> None:
    data = hashlib.shake_256(b"page").digest(40 * 1024 * 1024 + 7)
    sha256 = hashlib.sha256(data).hexdigest()
    object_store.put("large", io.BytesIO(data), sha256)
    assert object_store.verify("large", sha256)
    assert object_store.read_range("large", 32 * 1024 * 1024 - 3, 6) == data[32 * 1024 * 1024 - 3 :][:6]


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], database=None
)
@given(start=st.integers(0, len(DATA) + 10), length=st.integers(0, len(DATA) + 10))
def test_a_range_is_a_slice(object_store: ObjectStore, start: int, length: int) -> None:
    if object_store.stat("range") is None:
        object_store.put("range", DATA)
    assert object_store.read_range("range", start, length) == DATA[start : start + length]


def test_a_range_before_the_start_is_refused(object_store: ObjectStore) -> None:
    object_store.put("range", DATA)
    with pytest.raises(ValueError, match="range starts at 0"):
        object_store.read_range("range", -1, 5)


def test_a_wrong_hash_stores_nothing(object_store: ObjectStore) -> None:
    with pytest.raises(ObjectCorrupt, match="was declared"):
        object_store.put("wrong", OTHER, SHA)
    assert object_store.stat("wrong") is None
    assert list(object_store.list()) == []


def test_a_wrong_hash_leaves_the_former_object(object_store: ObjectStore) -> None:
    object_store.put("page", DATA)
    with pytest.raises(ObjectCorrupt):
        object_store.put("page", OTHER, SHA)
    assert object_store.read("page") == DATA


def test_a_content_key_never_takes_other_bytes(object_store: ObjectStore) -> None:
    key = content_key(SHA)
    with pytest.raises(ObjectCorrupt):
        object_store.put(key, OTHER)
    assert object_store.stat(key) is None
    object_store.put(key, DATA)
    with pytest.raises(ObjectCorrupt):
        object_store.put(key, OTHER, hashlib.sha256(OTHER).hexdigest())
    object_store.put("incoming/x", OTHER)
    with pytest.raises(ObjectCorrupt):
        object_store.copy("incoming/x", key)
    assert object_store.read(key) == DATA


def test_putting_a_content_key_again_succeeds_and_names_its_hash(object_store: ObjectStore) -> None:
    key = content_key(SHA)
    assert object_store.put(key, DATA) == object_store.put(key, io.BytesIO(DATA), SHA)
    assert object_store.stat(key) == object_store.put(key, DATA)
    assert object_store.verify(key, SHA)
    assert not object_store.verify(key, hashlib.sha256(OTHER).hexdigest())


def test_copying_to_a_content_key_may_be_repeated(object_store: ObjectStore) -> None:
    object_store.put("incoming/1", DATA)
    first = object_store.copy("incoming/1", content_key(SHA))
    assert first == object_store.copy("incoming/1", content_key(SHA))
    assert (first.size, first.sha256) == (len(DATA), SHA)
    object_store.delete("incoming/1")
    assert object_store.read(content_key(SHA)) == DATA


def test_what_is_missing_says_so(object_store: ObjectStore) -> None:
    assert object_store.stat("none") is None
    for attempt in (
        lambda: object_store.read("none"),
        lambda: object_store.open("none"),
        lambda: object_store.read_range("none", 0, 5),
        lambda: object_store.read_range("none", 5, 5),
        lambda: object_store.read_range("none", 0, 0),
        lambda: object_store.copy("none", "other"),
        lambda: object_store.verify("none", SHA),
    ):
        with pytest.raises(ObjectMissing, match="none"):
            attempt()


def test_deleting_may_be_repeated(object_store: ObjectStore) -> None:
    object_store.put("gone", DATA)
    object_store.delete("gone")
    object_store.delete("gone")
    assert object_store.stat("gone") is None


def test_a_listing_is_the_keys_with_the_prefix_each_once(object_store: ObjectStore) -> None:
    keys = ["a", "b/2", "b/1", "b-1", "bc/deep/er/1", content_key(SHA)]
    for key in keys:
        object_store.put(key, DATA)
    assert sorted(found.key for found in object_store.list()) == sorted(keys)
    assert sorted(found.key for found in object_store.list("b")) == ["b-1", "b/1", "b/2", "bc/deep/er/1"]
    assert sorted(found.key for found in object_store.list("b/")) == ["b/1", "b/2"]
    assert [(found.size, found.sha256) for found in object_store.list("sha256/")] == [(len(DATA), SHA)]
    assert list(object_store.list("none/")) == []


def test_a_folder_is_not_an_object(object_store: ObjectStore) -> None:
    object_store.put("folder/leaf", DATA)
    assert object_store.stat("folder") is None
    with pytest.raises(ObjectMissing):
        object_store.read("folder")
    object_store.delete("folder")
    assert object_store.read("folder/leaf") == DATA


@pytest.mark.parametrize(
    "key",
    [
        *("", "/etc/passwd", "../x", "a/../../x", "a//b", "a/./b", ".hidden", "a\\b", "a\x00b", "戶籍", "a/"),
        *("sha256/x", f"sha256/ab/cd/{'e' * 64}", "k" * 600),
    ],
)
def test_a_key_that_not_every_store_can_hold_is_refused(objects: Objects, key: str) -> None:
    for attempt in (
        lambda: objects.store.put(key, DATA),
        lambda: objects.store.open(key),
        lambda: objects.store.stat(key),
        lambda: objects.store.delete(key),
        lambda: objects.uploads.begin(key),
    ):
        with pytest.raises(InvalidKey):
            attempt()
