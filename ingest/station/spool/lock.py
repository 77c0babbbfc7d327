"""One process a spool. The kernel frees the lock however the process ends, on Windows as on Linux."""

import sqlite3
from pathlib import Path
from typing import Self

from ingest.station.errors import StationError

NAME = "lock.db"


class SpoolBusy(StationError):
    """Another process holds the spool."""


class SpoolLock:
    """SQLite's file lock, held while the process lives: the one lock the library has on every system."""

    def __init__(self, folder: Path) -> None:
        """Take the lock of a spool; raises SpoolBusy if another process holds it."""
        self._held = sqlite3.connect(folder / NAME, timeout=0, isolation_level=None, check_same_thread=False)
        try:
            self._held.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError as error:
            self._held.close()
            raise SpoolBusy(
                f"另一個掃描站程式正在使用 {folder};請用已開啟的畫面,或先關閉該程式。",
                f"Another station program is using {folder}: use the window that is open, or close it first.",
            ) from error

    def __enter__(self) -> Self:
        """Return the lock."""
        return self

    def __exit__(self, *_: object) -> None:
        """Free it."""
        self.release()

    def release(self) -> None:
        """Free the spool for others."""
        self._held.close()
