"""Which files of the hot folder have stopped growing."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from ingest.station.scan_directory import scan_directory

Mark = tuple[str, int, int]
"""A file's name, size and time of change: the same name again with other bytes is another file."""


def mark_of(path: Path) -> Mark:
    """Return the file's mark as it stands."""
    state = path.stat()
    return path.name, state.st_size, state.st_mtime_ns


@dataclass
class FindSteady:
    """Watches sizes on the steady clock, so that a clock set anew makes no file look old or young."""

    steady: float = 0.3
    clock: Callable[[], float] = time.monotonic
    _seen: dict[Mark, float] = field(default_factory=dict)

    def look(self, folder: Path, known: Callable[[Mark], bool]) -> list[tuple[Path, Mark]]:
        """Return the unknown files that have stood still for `steady` seconds, oldest name first."""
        now, seen, ready = self.clock(), dict[Mark, float](), list[tuple[Path, Mark]]()
        for path in scan_directory(folder).files:
            try:
                mark = mark_of(path)
            except OSError:
                continue
            if known(mark):
                continue
            seen[mark] = self._seen.get(mark, now)
            if now - seen[mark] >= self.steady:
                ready.append((path, mark))
        self._seen = seen
        # The scanner's own order: by time of change, then by name as people count.
        return sorted(ready, key=lambda found: found[1][2])
