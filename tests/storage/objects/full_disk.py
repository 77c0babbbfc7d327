"""What a file store does on a disk that is full; run as a process of its own."""

import resource
from pathlib import Path

import pytest

from storage.objects.errors import StoreUnavailable
from storage.objects.file_parts import FilePartUploads
from storage.objects.files import FileObjectStore

DATA = b"a register page" * 5000


def fill_the_disk(folder: Path) -> None:
    """Try every way of writing where no file may grow beyond 10 kB; raises where one misbehaves."""
    _, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (10_000, hard))
    store = FileObjectStore(folder)
    with pytest.raises(StoreUnavailable, match="check space"):
        store.put("page", DATA)
    assert store.stat("page") is None
    assert list((folder / "temporary").iterdir()) == []
    store.put("small", b"fits")
    uploads = FilePartUploads(folder, store, "{upload_ref}/{number}")
    ref = uploads.begin("incoming/1")
    with pytest.raises(StoreUnavailable):
        uploads.put_part(ref, 1, DATA)
    assert uploads.list_parts(ref) == []
    parts = [uploads.put_part(ref, number, DATA[:6000]) for number in (1, 2)]
    with pytest.raises(StoreUnavailable):
        uploads.complete(ref, parts)
    assert store.stat("incoming/1") is None
    assert uploads.list_parts(ref) == parts
