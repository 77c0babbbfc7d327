"""SIGKILL at every step on the disk: nothing half stored under its name, and doing it again succeeds."""

import hashlib
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from storage.objects.file_parts import FilePartUploads
from storage.objects.files import FileObjectStore
from storage.objects.keys import content_key, upload_ref
from tests.storage.objects.killed_writer import DATA, KEY, PIECES, actions

SHA256 = hashlib.sha256(DATA).hexdigest()
MOST_STEPS = 80


@pytest.fixture(scope="module")
def run_until() -> Iterator[Callable[[Path, str, int], int]]:
    """Run an action on a store until its fatal step; the status of the process that did."""
    command = [sys.executable, "-m", "tests.storage.objects.killed_writer"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdin
        assert parent.stdout
        questions, answers = parent.stdin, parent.stdout

        def run(root: Path, action: str, fatal: int) -> int:
            print(root, SHA256, action, fatal, file=questions, flush=True)
            return int(answers.readline())

        yield run
        questions.close()


def _prepare(root: Path, action: str) -> None:
    todo = actions(root, SHA256)
    if action in {"copy", "delete"}:
        FileObjectStore(root).put(KEY, DATA)
    elif action in {"put_part", "complete", "abort"}:
        todo["begin"]()
        uploads = FilePartUploads(root, FileObjectStore(root), "{upload_ref}{number}")
        for number in (1, 2) if action != "put_part" else (1,):
            uploads.put_part(upload_ref(KEY), number, PIECES[number])


def _require_nothing_half_done(root: Path, action: str) -> None:
    store = FileObjectStore(root)
    for found in store.list():
        assert store.read(found.key) == DATA, f"{found.key} holds other bytes"
    if action == "copy":
        assert store.read(KEY) == DATA
    if action == "put_part":
        uploads = FilePartUploads(root, store, "{upload_ref}{number}")
        for part in uploads.list_parts(upload_ref(KEY)):
            assert part.etag == hashlib.sha256(PIECES[part.number]).hexdigest()


def _require_done(root: Path, action: str) -> None:
    store = FileObjectStore(root)
    uploads = FilePartUploads(root, store, "{upload_ref}{number}")
    if action in {"put", "copy"}:
        assert store.verify(content_key(SHA256), SHA256)
    elif action == "complete":
        assert store.verify(KEY, SHA256)
    elif action == "put_part":
        assert [part.number for part in uploads.list_parts(upload_ref(KEY))] == [1, 2]
    elif action == "begin":
        assert uploads.list_parts(upload_ref(KEY)) == []
    else:
        assert store.stat(KEY) is None


def _repeat(root: Path, action: str) -> None:
    if action != "complete":
        actions(root, SHA256)[action]()
        return
    store = FileObjectStore(root)
    uploads = FilePartUploads(root, store, "{upload_ref}{number}")
    whole = [uploads.put_part(uploads.begin(KEY + "-other"), number, PIECES[number]) for number in (1, 2)]
    uploads.abort(upload_ref(KEY + "-other"))
    uploads.complete(upload_ref(KEY), whole)


@pytest.mark.parametrize("action", ["put", "copy", "delete", "begin", "put_part", "complete", "abort"])
def test_a_kill_at_any_step_leaves_all_or_nothing(
    tmp_path: Path, action: str, run_until: Callable[[Path, str, int], int]
) -> None:
    killed = 0
    for fatal in range(2, MOST_STEPS):
        root = tmp_path / f"{fatal}"
        _prepare(root, action)
        status = run_until(root, action, fatal)
        if status == 0:
            break
        assert status == -9
        killed += 1
        _require_nothing_half_done(root, action)
        _repeat(root, action)
        _require_done(root, action)
        FileObjectStore(root).sweep_temporary(timedelta(seconds=-1))
        assert list((root / "temporary").glob("*")) == []
        _require_done(root, action)
    else:
        pytest.fail(f"{action} has more than {MOST_STEPS // 2} steps")
    assert killed >= 4
