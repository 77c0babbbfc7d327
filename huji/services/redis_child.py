"""A private Redis on a unix socket, started as a child and stopped with it."""

import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import redis

READY_WITHIN = 10.0


class RedisMissing(RuntimeError):
    """There is no redis-server program; the message says how to get it."""


@contextmanager
def running_redis(directory: Path) -> Iterator[str]:
    """Start redis-server in `directory` and yield its URL; stop it when the block ends.

    Raises:
        RedisMissing: the program is not installed, or does not answer in time.
    """
    program = shutil.which("redis-server")
    if program is None:
        raise RedisMissing("redis-server is not installed: apt-get install redis-server")
    directory.mkdir(parents=True, exist_ok=True)
    socket = directory.resolve() / "redis.sock"
    child = subprocess.Popen(
        [
            program,
            *("--port", "0", "--unixsocket", str(socket), "--unixsocketperm", "700"),
            *("--dir", str(directory.resolve()), "--appendonly", "yes", "--appendfsync", "everysec"),
        ],
        stdout=subprocess.DEVNULL,
    )
    try:
        _wait(child, f"unix://{socket}")
        yield f"unix://{socket}"
    finally:
        child.terminate()
        child.wait(timeout=15)


def _wait(child: subprocess.Popen[bytes], url: str) -> None:
    deadline = time.monotonic() + READY_WITHIN
    while time.monotonic() < deadline:
        if child.poll() is not None:
            raise RedisMissing(f"redis-server ended at once with status {child.returncode}")
        try:
            if redis.Redis.from_url(url).ping():
                return
        except redis.exceptions.ConnectionError:
            time.sleep(0.02)
    raise RedisMissing(f"redis-server did not answer within {READY_WITHIN:.0f} seconds")
