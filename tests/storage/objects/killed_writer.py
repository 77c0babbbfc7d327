"""Children that do one thing to a file store and kill themselves at a chosen step on the disk.

Run as a process that reads `root sha256 action fatal` lines, forks a child for each, and answers with the
child's status: 0 if it got to its end, -9 if it was killed on the way.
"""

import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from storage.objects.file_parts import FilePartUploads
from storage.objects.files import FileObjectStore
from storage.objects.keys import content_key, upload_ref

DATA = b"a register page " * 70_000
PIECES = {1: DATA[:500_000], 2: DATA[500_000:]}
KEY = "incoming/1"
#: The calls that change the disk, as modules the store reaches them through.
STEPS = ("open", "fsync", "replace", "rename", "mkdir", "unlink", "rmdir")


def actions(root: Path, sha256: str) -> dict[str, Callable[[], object]]:
    """What can be killed, by name."""
    store = FileObjectStore(root)
    uploads = FilePartUploads(root, store, "http://station.test/{upload_ref}/{number}")
    ref = upload_ref(KEY)
    return {
        "put": lambda: store.put(content_key(sha256), DATA, sha256),
        "copy": lambda: store.copy(KEY, content_key(sha256)),
        "delete": lambda: store.delete(KEY),
        "begin": lambda: uploads.begin(KEY),
        "put_part": lambda: uploads.put_part(ref, 2, PIECES[2]),
        "complete": lambda: uploads.complete(ref, uploads.list_parts(ref)),
        "abort": lambda: uploads.abort(ref),
    }


def _arm(fatal: int) -> None:
    """Kill this process before disk step `fatal / 2` if `fatal` is even, right after it if odd."""
    count = 0

    def wrapped(real: Callable[..., Any]) -> Callable[..., Any]:
        def step(*arguments: Any, **named: Any) -> Any:
            nonlocal count
            count += 1
            if count == fatal // 2 and fatal % 2 == 0:
                os.kill(os.getpid(), signal.SIGKILL)
            result = real(*arguments, **named)
            if count == fatal // 2:
                os.kill(os.getpid(), signal.SIGKILL)
            return result

        return step

    for name in STEPS:
        setattr(os, name, wrapped(getattr(os, name)))


def _fork(root: str, sha256: str, action: str, fatal: str) -> int:
    child = os.fork()
    if child == 0:
        todo = actions(Path(root), sha256)[action]
        _arm(int(fatal))
        todo()
        os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


if __name__ == "__main__":
    for line in sys.stdin:
        print(_fork(*line.split()), flush=True)
