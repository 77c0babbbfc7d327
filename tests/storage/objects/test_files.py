"""What only the file store promises: links refused, damage found and mended, a full disk survived."""

import hashlib
import multiprocessing
import os
import threading
from datetime import timedelta
from pathlib import Path

import pytest

from storage.objects.errors import InvalidKey, ObjectCorrupt
from storage.objects.file_parts import FilePartUploads
from storage.objects.files import FileObjectStore
from storage.objects.keys import content_key
from tests.storage.objects.full_disk import fill_the_disk

DATA = b"a register page" * 5000
SHA256 = hashlib.sha256(DATA).hexdigest()
KEY = content_key(SHA256)


@pytest.fixture
def store(tmp_path: Path) -> FileObjectStore:
    return FileObjectStore(tmp_path)


def test_a_link_out_of_the_store_is_refused(store: FileObjectStore, tmp_path: Path) -> None:
    store.put("a/b", DATA)
    secret = tmp_path / "secret"
    secret.write_text("not ours")
    (tmp_path / "objects" / "a" / "link").symlink_to(secret)
    (tmp_path / "objects" / "out").symlink_to(tmp_path)
    for key in ("a/link", "out/secret"):
        with pytest.raises(InvalidKey, match="leads out"):
            store.read(key)
        with pytest.raises(InvalidKey, match="leads out"):
            store.put(key, b"x")
    assert secret.read_text() == "not ours"


def test_damage_is_found_and_the_same_bytes_mend_it(store: FileObjectStore) -> None:
    store.put(KEY, DATA)
    path = store.path_of(KEY)
    path.write_bytes(DATA[:-1] + b"?")
    assert not store.verify(KEY, SHA256)
    store.put(KEY, DATA, SHA256)
    assert store.verify(KEY, SHA256)


def test_damaged_incoming_bytes_never_reach_a_content_key(store: FileObjectStore) -> None:
    store.put("incoming/1", DATA)
    store.path_of("incoming/1").write_bytes(DATA[:-1])
    with pytest.raises(ObjectCorrupt):
        store.copy("incoming/1", KEY)
    assert store.stat(KEY) is None


def test_a_full_disk_is_unavailable_and_leaves_nothing(tmp_path: Path) -> None:
    """In a process of its own: the limit would hold for whatever this one writes, its report too."""
    child = multiprocessing.get_context("spawn").Process(target=fill_the_disk, args=(tmp_path,))
    child.start()
    child.join(60)
    assert child.exitcode == 0


def test_readers_and_writers_of_one_key_see_whole_objects(store: FileObjectStore) -> None:
    versions = [bytes([number]) * 300_000 for number in range(8)]
    store.put("page", versions[0])
    stop = threading.Event()
    torn: list[int] = []

    def read() -> None:
        while not stop.is_set():
            if store.read("page") not in versions:
                torn.append(1)

    reader = threading.Thread(target=read)
    reader.start()
    writers = [threading.Thread(target=store.put, args=("page", version)) for version in versions]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    stop.set()
    reader.join()
    assert torn == []
    assert store.read("page") in versions


def test_only_old_left_overs_are_swept(store: FileObjectStore, tmp_path: Path) -> None:
    store.put("kept", DATA)
    old, young = tmp_path / "temporary" / "old", tmp_path / "temporary" / "young"
    for path in (old, young):
        path.write_bytes(b"half")
    os.utime(old, (0, 0))
    assert store.sweep_temporary(timedelta(hours=1)) == 1
    assert young.exists()
    assert not old.exists()
    assert store.read("kept") == DATA


def test_part_addresses_are_our_own_api(store: FileObjectStore, tmp_path: Path) -> None:
    uploads = FilePartUploads(tmp_path, store, "https://huji.example/api/v1/parts/{upload_ref}/{number}")
    ref = uploads.begin("incoming/1")
    address = uploads.part_address(ref, 3, timedelta(minutes=1))
    assert address.url == f"https://huji.example/api/v1/parts/{ref}/3"
