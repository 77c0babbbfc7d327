"""A heartbeat: a file whose time says when its process last got on with its work."""

import logging
import time
from pathlib import Path

FOLDER = "heartbeats"
LEFT_BEHIND_SECONDS = 24 * 3600.0
"""A beat this old is of a process that was killed long ago; the next one of its kind takes it away."""

_log = logging.getLogger(__name__)


class Heartbeat:
    """Beats when the work itself passes, not from a thread beside it: a process that hangs falls silent.

    The file depends on neither the database nor Redis. A beat that cannot be written stops no work.
    """

    def __init__(self, scratch: Path, kind: str, name: str, least_seconds: float = 1.0) -> None:
        """Beat at `scratch`/heartbeats/`kind`/`name`, at most every `least_seconds`."""
        self._file = beats_folder(scratch, kind) / name
        self._least = least_seconds
        self._last = float("-inf")

    def beat(self) -> None:
        """Say that the work has got on."""
        now = time.monotonic()
        if now - self._last < self._least:
            return
        try:
            if self._last == float("-inf"):
                _clear(self._file.parent)
            self._file.touch(mode=0o600)
        except OSError as error:
            _log.warning("no heartbeat could be written to %s: %s", self._file, error.strerror)
        self._last = now

    def end(self) -> None:
        """Take the heartbeat away: the process ends as it should."""
        self._file.unlink(missing_ok=True)


def beats_folder(scratch: Path, kind: str) -> Path:
    """Return where the processes of one kind beat."""
    return scratch / FOLDER / kind


def _clear(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for left in folder.iterdir():
        if time.time() - left.stat().st_mtime > LEFT_BEHIND_SECONDS:
            left.unlink(missing_ok=True)
