"""The contract of the PartUploads port, run on files and on a real S3 server."""

import hashlib
import itertools
import threading
import time
from datetime import timedelta
from urllib.parse import quote

import pytest

from storage.objects.errors import InvalidKey, ObjectCorrupt, ObjectMissing
from storage.objects.keys import content_key
from storage.objects.ports import SMALLEST_PART, PartUploads, UploadedPart
from tests.services.fixtures import Objects

FIRST = hashlib.shake_256(b"first").digest(SMALLEST_PART)
LAST = b"the last part may be short"
KEY = "incoming/0193"


def _send(uploads: PartUploads, ref: str) -> list[UploadedPart]:
    return [uploads.put_part(ref, 1, FIRST), uploads.put_part(ref, 2, LAST)]


def test_parts_become_the_object(objects: Objects) -> None:
    ref = objects.uploads.begin(KEY)
    parts = _send(objects.uploads, ref)
    assert [part.size for part in parts] == [len(FIRST), len(LAST)]
    assert list(objects.uploads.list_parts(ref)) == parts
    assert objects.store.stat(KEY) is None
    objects.uploads.complete(ref, parts[::-1])
    assert objects.store.read(KEY) == FIRST + LAST


def test_parts_sent_twice_and_out_of_order_change_nothing(objects: Objects) -> None:
    ref = objects.uploads.begin(KEY)
    objects.uploads.put_part(ref, 2, b"superseded")
    time.sleep(1.1)  # S3 servers date versions to the second
    _send(objects.uploads, ref)
    _send(objects.uploads, ref)
    parts = objects.uploads.list_parts(ref)
    assert [(part.number, part.size) for part in parts] == [(1, len(FIRST)), (2, len(LAST))]
    objects.uploads.complete(ref, parts)
    assert objects.store.read(KEY) == FIRST + LAST


def test_the_version_named_by_its_etag_is_joined(objects: Objects) -> None:
    ref = objects.uploads.begin(KEY)
    objects.uploads.put_part(ref, 2, b"superseded")
    parts = _send(objects.uploads, ref)
    assert {part.size for part in objects.uploads.list_parts(ref)} <= {len(FIRST), len(LAST)}
    objects.uploads.complete(ref, parts)
    assert objects.store.read(KEY) == FIRST + LAST


def test_beginning_again_finds_the_open_upload(objects: Objects) -> None:
    ref = objects.uploads.begin(KEY)
    objects.uploads.put_part(ref, 1, LAST)
    assert objects.uploads.begin(KEY) == ref
    assert len(objects.uploads.list_parts(ref)) == 1
    other = objects.uploads.begin(KEY + "4")
    assert objects.uploads.list_parts(other) == []


def test_completing_again_succeeds(objects: Objects) -> None:
    ref = objects.uploads.begin(KEY)
    parts = _send(objects.uploads, ref)
    for _ in range(3):
        objects.uploads.complete(ref, parts)
    assert objects.store.read(KEY) == FIRST + LAST
    objects.store.delete(KEY)
    with pytest.raises(ObjectMissing):
        objects.uploads.complete(ref, parts)


def test_completing_again_as_something_else_is_refused(objects: Objects) -> None:
    ref = objects.uploads.begin(KEY)
    parts = _send(objects.uploads, ref)
    objects.uploads.complete(ref, parts)
    with pytest.raises(ObjectCorrupt, match="the parts have"):
        objects.uploads.complete(ref, parts[:1])


def test_completion_goes_on_to_the_content_key(objects: Objects) -> None:
    sha256 = hashlib.sha256(FIRST + LAST).hexdigest()
    ref = objects.uploads.begin(KEY)
    parts = _send(objects.uploads, ref)
    for _ in range(2):
        objects.uploads.complete(ref, parts)
        assert objects.store.copy(KEY, content_key(sha256)).size == len(FIRST + LAST)
    assert objects.store.verify(content_key(sha256), sha256)


def test_four_completing_at_once_all_succeed(objects: Objects) -> None:
    ref = objects.uploads.begin(KEY)
    parts = _send(objects.uploads, ref)
    failures: list[Exception] = []
    gate = threading.Barrier(4)

    def complete() -> None:
        gate.wait()
        try:
            objects.uploads.complete(ref, parts)
        except Exception as error:
            failures.append(error)

    threads = [threading.Thread(target=complete) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert objects.store.read(KEY) == FIRST + LAST


def test_a_part_that_is_not_held_is_refused(objects: Objects) -> None:
    ref = objects.uploads.begin(KEY)
    first, last = _send(objects.uploads, ref)
    with pytest.raises(ObjectCorrupt):
        objects.uploads.complete(ref, [first, UploadedPart(2, first.etag, last.size)])
    with pytest.raises(ObjectCorrupt):
        objects.uploads.complete(ref, [first, UploadedPart(3, last.etag, last.size)])
    assert objects.store.stat(KEY) is None
    objects.uploads.complete(ref, [first, last])


@pytest.mark.parametrize("count", [0, 2])
def test_a_list_of_parts_names_each_once(objects: Objects, count: int) -> None:
    ref = objects.uploads.begin(KEY)
    part = objects.uploads.put_part(ref, 1, LAST)
    with pytest.raises(ValueError, match="each number once"):
        objects.uploads.complete(ref, [part] * count)


def test_an_aborted_upload_is_closed(objects: Objects) -> None:
    ref = objects.uploads.begin(KEY)
    parts = _send(objects.uploads, ref)
    for _ in range(2):
        objects.uploads.abort(ref)
    for attempt in (
        lambda: objects.uploads.put_part(ref, 1, LAST),
        lambda: objects.uploads.list_parts(ref),
        lambda: objects.uploads.complete(ref, parts),
    ):
        with pytest.raises(ObjectMissing):
            attempt()
    assert objects.store.stat(KEY) is None


def test_aborting_after_completion_leaves_the_object(objects: Objects) -> None:
    ref = objects.uploads.begin(KEY)
    objects.uploads.complete(ref, _send(objects.uploads, ref))
    objects.uploads.abort(ref)
    assert objects.store.read(KEY) == FIRST + LAST


def test_open_uploads_are_no_objects(objects: Objects) -> None:
    _send(objects.uploads, objects.uploads.begin(KEY))
    assert list(objects.store.list()) == []


@pytest.mark.parametrize("number", [0, -1, 10_001])
def test_part_numbers_have_bounds(objects: Objects, number: int) -> None:
    ref = objects.uploads.begin(KEY)
    for attempt in (
        lambda: objects.uploads.put_part(ref, number, LAST),
        lambda: objects.uploads.part_address(ref, number, timedelta(minutes=1)),
    ):
        with pytest.raises(ValueError, match="part number"):
            attempt()


@pytest.mark.parametrize("ref", ["", "nonsense", "Li4veA.", "%%%.x", "5oi2.x"])
def test_a_made_up_reference_is_refused(objects: Objects, ref: str) -> None:
    for attempt in (objects.uploads.list_parts, objects.uploads.abort):
        with pytest.raises(InvalidKey):
            attempt(ref)


def test_a_content_key_is_no_incoming_key(objects: Objects) -> None:
    with pytest.raises(ValueError, match="incoming key"):
        objects.uploads.begin(content_key("0" * 64))


def test_the_reference_fits_an_address_and_a_column(objects: Objects) -> None:
    ref = objects.uploads.begin("incoming/01939c5e-7d5f-7cc3-98c4-dc0c0c07398f")
    assert quote(ref, safe="") == ref
    assert len(ref) <= 500
    address = objects.uploads.part_address(ref, 7, timedelta(minutes=5))
    assert address.url.startswith("http")
    assert "7" in address.url


def test_many_parts_are_all_listed(objects: Objects) -> None:
    ref = objects.uploads.begin(KEY)
    numbers = [1, 2, 9, 10, 11, 100]
    for number in numbers:
        objects.uploads.put_part(ref, number, b"x" * number)
    listed = objects.uploads.list_parts(ref)
    assert [(part.number, part.size) for part in listed] == [(number, number) for number in numbers]
    assert all(a.number < b.number for a, b in itertools.pairwise(listed))
