"""A real Redis on a private socket."""

import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from redis import Redis
from redis.exceptions import ConnectionError as NotListening

from tests.services.processes import running


@dataclass(frozen=True)
class RedisServer:
    """A running Redis: its socket, the URL clients use, and its process."""

    socket: Path
    url: str
    process: subprocess.Popen[bytes]

    def client(self) -> "Redis":
        """A client of database 0."""
        return Redis.from_url(self.url)


@contextmanager
def running_redis(folder: Path) -> Iterator[RedisServer]:
    """Run Redis with its data in `folder` (short path, kept over restarts), as the embedded default does."""
    path = folder / "redis.sock"
    binary = shutil.which("redis-server") or "/usr/bin/redis-server"
    command = [binary, "--port", "0", "--unixsocket", str(path), "--unixsocketperm", "700"]
    command += ["--dir", str(folder), "--appendonly", "yes", "--appendfsync", "everysec"]

    def ready() -> bool:
        with Redis(unix_socket_path=str(path)) as client:
            try:
                return bool(client.ping())
            except NotListening:
                return False

    with running(command, log=folder / "redis.log", ready=ready) as process:
        yield RedisServer(path, f"unix://{path}?db=0", process)
