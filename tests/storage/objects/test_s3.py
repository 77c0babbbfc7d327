"""What only the S3 store promises: signed part addresses, and honest errors from a real server or none."""

import secrets
import time
import urllib.error
import urllib.request
from dataclasses import replace
from datetime import timedelta
from urllib.parse import urlsplit

import pytest

from storage.objects.errors import ObjectMissing, StoreUnavailable
from storage.objects.ports import SMALLEST_PART
from storage.objects.s3 import S3ObjectStore, S3PartUploads
from storage.objects.s3_connection import S3Connection, split_endpoint
from tests.services.fixtures import Objects
from tests.services.processes import free_ports, private_folder
from tests.services.seaweed import SeaweedServer, running_seaweed
from tests.storage.objects.cutting_proxy import CuttingProxy, cutting_proxy

MINUTE = timedelta(minutes=1)


def _put(url: str, data: bytes) -> int:
    request = urllib.request.Request(url, data=data, method="PUT")
    try:
        with urllib.request.urlopen(request, timeout=10) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as error:
        return error.code


def test_a_client_sends_parts_to_signed_addresses(s3_objects: Objects) -> None:
    ref = s3_objects.uploads.begin("incoming/1")
    first = secrets.token_bytes(SMALLEST_PART)
    assert _put(s3_objects.uploads.part_address(ref, 1, MINUTE).url, first) == 200
    assert _put(s3_objects.uploads.part_address(ref, 2, MINUTE).url, b"end") == 200
    s3_objects.uploads.complete(ref, s3_objects.uploads.list_parts(ref))
    assert s3_objects.store.read("incoming/1") == first + b"end"


def test_a_changed_expired_or_bare_address_is_refused(s3_objects: Objects) -> None:
    ref = s3_objects.uploads.begin("incoming/1")
    url = s3_objects.uploads.part_address(ref, 1, MINUTE).url
    assert _put(url.replace("partNumber=1", "partNumber=2"), b"x") == 403
    assert _put(url.replace("incoming/1", "incoming/2"), b"x") == 403
    assert _put(url.partition("?")[0], b"x") == 403
    short = s3_objects.uploads.part_address(ref, 1, timedelta(seconds=1)).url
    time.sleep(2.1)
    assert _put(short, b"x") == 403
    assert s3_objects.uploads.list_parts(ref) == []


def test_addresses_are_signed_for_the_public_endpoint_without_asking_it(seaweed: SeaweedServer) -> None:
    connection = replace(seaweed.connection, public_endpoint="https://huji.example:8443")
    uploads = S3PartUploads(connection, S3ObjectStore(connection))
    url = urlsplit(uploads.part_address(uploads.begin("incoming/public"), 1, MINUTE).url)
    assert (url.scheme, url.netloc) == ("https", "huji.example:8443")
    assert "X-Amz-SignedHeaders=host" in url.query


def test_nobody_listening_is_unavailable_soon() -> None:
    port = free_ports(1)[0]
    store = S3ObjectStore(S3Connection(f"http://127.0.0.1:{port}", "pages", "a", "b" * 20, retries=1))
    began = time.monotonic()
    with pytest.raises(StoreUnavailable, match="does not answer"):
        store.read("x")
    with pytest.raises(StoreUnavailable):
        store.put("x", b"x")
    assert time.monotonic() - began < 5


def test_wrong_keys_are_unavailable_not_missing(seaweed: SeaweedServer) -> None:
    store = S3ObjectStore(replace(seaweed.connection, secret_key="wrong" * 8))
    with pytest.raises(StoreUnavailable, match="check keys"):
        store.read("x")


def test_a_missing_bucket_is_unavailable_until_made(seaweed: SeaweedServer) -> None:
    store = S3ObjectStore(seaweed.bucket(f"t-{secrets.token_hex(8)}"))
    with pytest.raises((StoreUnavailable, ObjectMissing)):
        store.read("x")
    for _ in range(2):
        store.ensure_bucket()
    store.put("x", b"x")
    assert store.read("x") == b"x"


def test_an_open_reader_left_early_leaves_the_store_usable(s3_objects: Objects) -> None:
    s3_objects.store.put("x", secrets.token_bytes(3_000_000))
    for _ in range(40):
        with s3_objects.store.open("x") as reader:
            assert len(reader.read(10)) == 10
    assert s3_objects.store.stat("x") is not None


def test_the_keys_are_in_no_text(seaweed: SeaweedServer) -> None:
    assert seaweed.connection.secret_key not in f"{seaweed.connection!r} {seaweed.connection}"


@pytest.mark.parametrize("endpoint", ["127.0.0.1:9000", "ftp://x", "http://", "http://x/path"])
def test_an_endpoint_is_a_web_address_without_path(endpoint: str) -> None:
    with pytest.raises(ValueError, match="endpoint is"):
        split_endpoint(endpoint)


def test_a_killed_server_is_unavailable_and_comes_back_with_everything() -> None:
    with private_folder("killed") as folder:
        with running_seaweed(folder) as server:
            store = S3ObjectStore(replace(server.connection, retries=1))
            uploads = S3PartUploads(server.connection, store)
            store.put("kept", b"acknowledged")
            ref = uploads.begin("incoming/1")
            part = uploads.put_part(ref, 1, b"also acknowledged")
            server.process.kill()
            server.process.wait()
            with pytest.raises(StoreUnavailable):
                store.read("kept")
        with running_seaweed(folder) as server:
            again = S3ObjectStore(server.connection)
            assert again.read("kept") == b"acknowledged"
            S3PartUploads(server.connection, again).complete(ref, [part])
            assert again.read("incoming/1") == b"also acknowledged"


def _behind(server: SeaweedServer, proxy: CuttingProxy, bucket: str) -> S3Connection:
    return replace(server.bucket(bucket), endpoint=f"http://127.0.0.1:{proxy.port}", retries=1)


def test_an_answer_that_breaks_off_is_never_a_short_read(seaweed: SeaweedServer, s3_objects: Objects) -> None:
    data = secrets.token_bytes(1_000_000)
    s3_objects.store.put("page", data)
    port = urlsplit(seaweed.connection.endpoint).port
    assert port
    with cutting_proxy(port, downwards=300_000) as proxy:
        cut = S3ObjectStore(_behind(seaweed, proxy, s3_objects.bucket))
        for attempt in (
            lambda: cut.read("page"),
            lambda: cut.read_range("page", 0, 500_000),
            lambda: cut.verify("page", "0" * 64),
            lambda: cut.copy("page", "copy"),
        ):
            with pytest.raises(StoreUnavailable, match="broke off"):
                attempt()
        assert cut.read_range("page", 10, 100) == data[10:110]
    assert s3_objects.store.stat("copy") is None


def test_a_request_that_breaks_off_stores_nothing(seaweed: SeaweedServer, s3_objects: Objects) -> None:
    port = urlsplit(seaweed.connection.endpoint).port
    assert port
    ref = s3_objects.uploads.begin("incoming/1")
    with cutting_proxy(port, upwards=300_000) as proxy:
        connection = _behind(seaweed, proxy, s3_objects.bucket)
        cut = S3ObjectStore(connection)
        with pytest.raises(StoreUnavailable):
            cut.put("page", secrets.token_bytes(1_000_000))
        with pytest.raises(StoreUnavailable):
            S3PartUploads(connection, cut).put_part(ref, 1, secrets.token_bytes(1_000_000))
    assert s3_objects.store.stat("page") is None
    assert s3_objects.uploads.list_parts(ref) == []
