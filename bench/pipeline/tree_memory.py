"""The most memory that a contender's processes have held, seen from outside and alike for all of them."""

import threading
from collections.abc import Iterator
from pathlib import Path

PROC = Path("/proc")
PERIOD = 0.1
"""Seconds between looks: what a process held that lived no longer is not seen."""


class TreeMemory:
    """Watches a process and its descendants in a thread of its own, until it is closed.

    A peak is the sum of each living process's own, so that pages shared between them count in each, and a
    worker's peak adds to its decoder's though they may not have coincided.
    """

    def __init__(self, pid: int) -> None:
        self._pid = pid
        self._peak = 0.0
        self._turn = threading.Lock()
        self._closed = threading.Event()
        self._watch = threading.Thread(target=self._look_on, daemon=True)
        self._watch.start()

    def take(self) -> float:
        """Return the peak in MiB since it was last taken, and begin anew."""
        with self._turn:
            self._look()
            peak, self._peak = self._peak, 0.0
            for pid in _tree(self._pid):
                _forget(pid)
        return peak

    def close(self) -> None:
        """Look no more."""
        self._closed.set()
        self._watch.join()

    def _look_on(self) -> None:
        while not self._closed.wait(PERIOD):
            with self._turn:
                self._look()

    def _look(self) -> None:
        self._peak = max(self._peak, sum(_peak_mib(pid) for pid in _tree(self._pid)))


def _tree(pid: int) -> Iterator[int]:
    yield pid
    for listed in (PROC / str(pid) / "task").glob("*/children"):
        try:
            children = listed.read_text().split()
        except OSError:  # it ended between the two looks
            continue
        for child in children:
            yield from _tree(int(child))


def _peak_mib(pid: int) -> float:
    """Return the most resident memory of one process since it was forgotten; 0 once it has ended."""
    try:
        lines = (PROC / str(pid) / "status").read_text().splitlines()
    except OSError:
        return 0.0
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM")), 0.0)


def _forget(pid: int) -> None:
    try:
        (PROC / str(pid) / "clear_refs").write_text("5")
    except OSError:  # it has ended
        return
