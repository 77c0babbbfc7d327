"""The demo's own processes: Redis, the applications, two workers and the scheduler, started and stopped."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path

import httpx

from huji.services.redis_child import running_redis

WORKERS = 2
READY_WITHIN = 60.0


class NotReady(RuntimeError):
    """A process of the demo ended or did not answer in time; its log says why."""


def free_port(wanted: int = 0) -> int:
    """Return the wanted port if it is free on loopback, else one that is."""
    for port in (wanted, 0):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return int(probe.getsockname()[1])
    raise NotReady("no free port on 127.0.0.1")


def environment(directory: Path, port: int) -> dict[str, str]:
    """Return the settings of a house that lies in one directory."""
    settings = {
        "HUJI_DATABASE_URL": f"sqlite:///{directory}/huji.sqlite",
        "HUJI_OBJECTS": f"files:{directory}/objects",
        "HUJI_REDIS_URL": f"unix://{directory}/redis/redis.sock",
        "HUJI_PUBLIC_URL": f"http://127.0.0.1:{port}",
        "HUJI_SWEEP_SECONDS": "5",
    }
    # One thread a library: two workers on two cores must not crowd each other out.
    libraries = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "OPENCV_FOR_THREADS_NUM", "VIPS_CONCURRENCY")
    return {**os.environ, **dict.fromkeys(libraries, "1"), **settings}


@contextmanager
def running_house(directory: Path, port: int) -> Iterator[str]:
    """Run the whole house in `directory` and yield its address; every process ends with the block.

    Raises:
        NotReady: a process did not start.
        RedisMissing: redis-server is not installed.
    """
    settings = environment(directory, port)
    logs = directory / "logs"
    logs.mkdir(parents=True, exist_ok=True)
    address = f"http://127.0.0.1:{port}"
    with ExitStack() as stack:
        stack.enter_context(running_redis(directory / "redis"))
        commands = {
            "serve": ["serve", "all", "--port", str(port)],
            **{f"worker-{number}": ["worker"] for number in range(1, WORKERS + 1)},
            "scheduler": ["scheduler"],
        }
        children = {
            name: stack.enter_context(_running(arguments, logs / f"{name}.log", settings))
            for name, arguments in commands.items()
        }
        _wait(address, children, logs)
        yield address


@contextmanager
def _running(
    arguments: list[str], log: Path, settings: Mapping[str, str]
) -> Iterator[subprocess.Popen[bytes]]:
    command = [sys.executable, "-m", "huji.cli.main", *arguments]
    with log.open("wb") as out:
        child = subprocess.Popen(command, stdout=out, stderr=subprocess.STDOUT, env=dict(settings))
        try:
            yield child
        finally:
            _stop(child)


def _stop(child: subprocess.Popen[bytes]) -> None:
    child.send_signal(signal.SIGTERM)
    try:
        child.wait(timeout=20)
    except subprocess.TimeoutExpired:
        child.kill()
        child.wait()


def _wait(address: str, children: Mapping[str, subprocess.Popen[bytes]], logs: Path) -> None:
    deadline = time.monotonic() + READY_WITHIN
    while time.monotonic() < deadline:
        for name, child in children.items():
            if child.poll() is not None:
                raise NotReady(f"{name} ended with status {child.returncode}; see {logs / name}.log")
        try:
            if httpx.get(f"{address}/healthz", timeout=2).status_code == httpx.codes.OK:
                return
        except httpx.TransportError:
            time.sleep(0.1)
    raise NotReady(f"the applications did not answer within {READY_WITHIN:.0f} s; see {logs}")
