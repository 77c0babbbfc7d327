"""Read how long ago each process of a kind beat."""

import time
from contextlib import suppress
from pathlib import Path

from huji.health.heartbeat import beats_folder


def read_beats(scratch: Path, kind: str) -> list[float]:
    """Return the age in seconds of each heartbeat of a kind, the youngest first.

    An age is never negative: a clock that was set back makes a beat old, not young.
    """
    now, ages = time.time(), []
    with suppress(FileNotFoundError):
        for file in beats_folder(scratch, kind).iterdir():
            with suppress(FileNotFoundError):  # it ended between the listing and the look
                ages.append(abs(now - file.stat().st_mtime))
    return sorted(ages)
