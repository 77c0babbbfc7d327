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
        """Take the lock of a spool.

        Raises:
            SpoolBusy: another process holds it.
            StationError: the file of the lock cannot be made.
        """
        try:
            self._held = _lock(folder / NAME)
        except sqlite3.DatabaseError as error:
            if error.sqlite_errorcode == sqlite3.SQLITE_BUSY:
                raise SpoolBusy(
                    f"另一個掃描站程式正在使用 {folder};請用已開啟的畫面,或先關閉該程式。",
                    f"Another station program is using {folder}: use the window that is open, or close it "
                    "first.",
                ) from error
            raise StationError(
                f"無法鎖定 {folder / NAME}({error});請確認該處可以寫入。",
                f"Cannot lock {folder / NAME} ({error}): see that it may be written to.",
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


def _lock(path: Path) -> sqlite3.Connection:
    """Return a connection that holds the lock; a damaged file is emptied, which makes it a sound one.

    The library asks for the lock before it reads the file, so that one found damaged is held by nobody. It
    is emptied and not replaced: two programs that start at once must meet at one file.
    """
    try:
        return _begin(path)
    except sqlite3.OperationalError:
        raise
    except sqlite3.DatabaseError:
        with path.open("r+b") as file:
            file.truncate(0)
        return _begin(path)


def _begin(path: Path) -> sqlite3.Connection:
    held = sqlite3.connect(path, timeout=0, isolation_level=None, check_same_thread=False)
    try:
        held.execute("BEGIN EXCLUSIVE")
    except sqlite3.Error:
        held.close()
        raise
    return held
