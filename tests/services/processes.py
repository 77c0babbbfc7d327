"""Starting and ending real server processes for tests: bounded, and always by the process's own id."""

import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

_ROOM = 2 * 1024**3
_PORTS = 10_000


class ServerFailed(RuntimeError):
    """A server did not start, with the end of its log."""


@contextmanager
def private_folder(name: str) -> Iterator[Path]:
    """A short temporary folder (socket paths may have 107 characters) that other users cannot enter.

    In memory where there is room, since servers under test write much and keep nothing.
    """
    memory = Path("/dev/shm")
    roomy = memory.is_dir() and os.access(memory, os.W_OK) and shutil.disk_usage(memory).free > _ROOM
    folder = Path(tempfile.mkdtemp(prefix=f"huji-{name}-", dir=memory if roomy else None))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def free_ports(count: int, also: int = 0) -> list[int]:
    """Loopback ports below the ephemeral range, free now, each with port + `also` free too."""
    held: list[socket.socket] = []
    found: list[int] = []
    ours = _own_ports()
    first = time.time_ns() // 1000 % len(ours)
    try:
        for port in (*ours[first:], *ours[:first]):
            with suppress(OSError):
                pair = [_bind(port), _bind(port + also)] if also else [_bind(port)]
                held += pair
                found.append(port)
            if len(found) == count:
                return found
    finally:
        for each in held:
            each.close()
    raise ServerFailed(f"no {count} free ports from {ours.start} to {ours.stop - 1}")


def _own_ports() -> range:
    """The ports of this test process: none that another finds free before our server listens."""
    width = _PORTS // int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "1"))
    first = 12_000 + width * int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
    return range(first, first + width)


def _bind(port: int) -> socket.socket:
    listener = socket.socket()
    try:
        listener.bind(("127.0.0.1", port))
    except OSError:
        listener.close()
        raise
    return listener


@contextmanager
def running(
    command: Sequence[str | Path],
    *,
    log: Path,
    ready: Callable[[], bool],
    environment: Mapping[str, str] | None = None,
    patience: float = 20.0,
    end_with: signal.Signals = signal.SIGTERM,
) -> Iterator[subprocess.Popen[bytes]]:
    """Run a server until the block ends, entered once `ready()` holds; `end_with`, then SIGKILL after 5 s.

    The kernel ends the server if the thread that started it dies, so that a killed test run leaves none.
    Raises ServerFailed if it exits or is not ready within `patience` seconds.
    """
    with log.open("ab") as sink:
        process = subprocess.Popen(
            ["setpriv", "--pdeathsig", "KILL", *command] if command[0] != "setpriv" else list(command),
            stdin=subprocess.DEVNULL,
            stdout=sink,
            stderr=sink,
            env=environment,
            cwd=log.parent,
        )
    try:
        _wait_until(ready, process, log, patience)
        yield process
    finally:
        stop(process, end_with)


def stop(
    process: subprocess.Popen[bytes], end_with: signal.Signals = signal.SIGTERM, patience: float = 5.0
) -> None:
    """End a server and wait for it; safe to call again."""
    if process.poll() is None:
        process.send_signal(end_with)
        try:
            process.wait(patience)
        except subprocess.TimeoutExpired:
            process.kill()
    process.wait()


def _wait_until(
    ready: Callable[[], bool], process: subprocess.Popen[bytes], log: Path, patience: float
) -> None:
    deadline = time.monotonic() + patience
    while not ready():
        if process.poll() is not None or time.monotonic() > deadline:
            state = "not ready in time" if process.poll() is None else f"exit status {process.returncode}"
            tail = log.read_text(errors="replace")[-2000:]
            raise ServerFailed(f"{log.stem}: {state}\n{tail}")
        time.sleep(0.02)
