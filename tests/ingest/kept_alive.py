"""Processes that tests kill: each killing itself at named points, and started again whenever it dies.

`keep_alive` runs in a process of its own: what it imported is there for every child, so that a restart takes
milliseconds, while each child opens its own databases, stores and engines.
"""

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

from tests.services.processes import stop


def kill_at(kills: Path) -> Callable[[str], None]:
    """Return an at_point that ends this very process, without a word, once at each point asked for."""

    def at_point(name: str) -> None:
        try:
            (kills / name).unlink()
        except FileNotFoundError:
            return
        os.kill(os.getpid(), signal.SIGKILL)

    return at_point


def keep_alive(serve: Callable[[], None], deaths: Path) -> None:
    """Fork a child that serves, and another whenever one dies, noting each exit status; SIGTERM ends both."""
    child = 0

    def end(number: int, frame: FrameType | None) -> None:
        os.kill(child, signal.SIGKILL)
        os._exit(0)

    while True:
        child = os.fork()
        if child == 0:
            serve()
            os._exit(0)
        signal.signal(signal.SIGTERM, end)
        _, status = os.waitpid(child, 0)
        with deaths.open("a") as file:
            file.write(f"{os.waitstatus_to_exitcode(status)}\n")


def exit_statuses(deaths: Path) -> list[int]:
    """Return how the children ended so far."""
    return [int(line) for line in deaths.read_text().splitlines()] if deaths.exists() else []


@contextmanager
def running_module(module: str, config: Path) -> Iterator[subprocess.Popen[bytes]]:
    """Run `python -m module config` until the block ends."""
    process = subprocess.Popen([sys.executable, "-m", module, str(config)])
    try:
        yield process
    finally:
        stop(process)
