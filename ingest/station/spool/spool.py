"""The spool: a folder with a journal, the copies taken, and small pictures to look at."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from ingest.station.spool.apply_event import apply_event
from ingest.station.spool.lines import JournalDamaged, append_event, read_events
from ingest.station.spool.records import State

JOURNAL = "journal.jsonl"


class Spool:
    """The state by its journal: an event is applied only once it is on the disk. Threads share one spool."""

    def __init__(self, folder: Path) -> None:
        """Open or make a spool, and replay its journal. To write, hold the folder's SpoolLock.

        Raises:
            JournalDamaged: a line is gone, or tells of what no line before it told.
        """
        self.folder, self.scans, self.looks = folder, folder / "scans", folder / "looks"
        self.lost = folder / "lost"
        self.state = State()
        self.changed = threading.Condition(threading.RLock())
        for line, event in read_events(folder / JOURNAL):
            try:
                apply_event(self.state, event)
            except (LookupError, TypeError, ValueError, AttributeError) as error:
                raise JournalDamaged(folder / JOURNAL, line) from error

    def make_folders(self) -> None:
        """Make what is not there yet."""
        for folder in (self.folder, self.scans, self.looks):
            folder.mkdir(parents=True, exist_ok=True)

    def append(self, event: str, **members: Any) -> None:
        """Write an event to the disk, then apply it."""
        with self.changed:
            whole = {"n": self.state.n + 1, "event": event, **members}
            append_event(self.folder / JOURNAL, whole)
            apply_event(self.state, whole)
            self.changed.notify_all()

    @contextmanager
    def held(self) -> Iterator[State]:
        """Give the state while nobody else changes it."""
        with self.changed:
            yield self.state

    def path_of(self, scan: str) -> Path:
        """Return where a scan's copy is."""
        return self.scans / self.state.scans[scan].file
