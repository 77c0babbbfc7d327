"""Run one contender in its own process, on one core and one thread, and collect what it says."""

import json
import os
import subprocess
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import cycle
from typing import Any

from bench.pipeline.tree_memory import TreeMemory

ONE_THREAD = dict.fromkeys(("OMP_NUM_THREADS", "OMP_THREAD_LIMIT", "OPENBLAS_NUM_THREADS"), "1")
PATIENCE = 3600.0


@dataclass(frozen=True, slots=True)
class Run:
    """What a contender answered, one object a page, and the seconds from start signal to end.

    Each page's `tree_peak_mib` is the most memory that the contender's processes held since the page before.
    """

    pages: tuple[dict[str, Any], ...]
    seconds: float


def run_contenders(command: Sequence[str], shares: Sequence[Sequence[str]]) -> list[Run]:
    """Run a command once a share of the files, all at once, each on a core of its own.

    They start together, once each has said that it is warm.
    Raises:
        RuntimeError: a contender failed; its own words stand above.
    """
    running = [_start(command, files, core) for core, files in zip(_cores(), shares, strict=False)]
    for child in running:
        _expect_ready(child)
    started = time.perf_counter()
    for child in running:
        assert child.stdin is not None
        child.stdin.write("go\n")
        child.stdin.flush()
    # Side by side: one that nobody listens to waits once its pipe is full.
    with ThreadPoolExecutor(len(running)) as listeners:
        return list(listeners.map(lambda child: _collect(child, started), running))


def _start(command: Sequence[str], files: Sequence[str], core: int) -> subprocess.Popen[str]:
    return subprocess.Popen(
        _pinned(command, files, core),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env=_environment(),
    )


def _pinned(command: Sequence[str], files: Sequence[str], core: int) -> list[str]:
    return ["taskset", "-c", str(core), *command, *files]


def _cores() -> Iterator[int]:
    """Give the cores this process may use, over and over."""
    return cycle(sorted(os.sched_getaffinity(0)))


def _environment() -> dict[str, str]:
    return {**os.environ, **ONE_THREAD}


def _expect_ready(child: subprocess.Popen[str]) -> None:
    assert child.stdout is not None
    line = child.stdout.readline()
    if not line or not json.loads(line).get("ready"):
        raise RuntimeError(f"{child.args!r} did not start: exit status {child.wait(PATIENCE)}")


def _collect(child: subprocess.Popen[str], started: float) -> Run:
    assert child.stdout is not None
    memory = TreeMemory(child.pid)
    memory.take()
    pages = tuple({**json.loads(line), "tree_peak_mib": memory.take()} for line in child.stdout)
    status, seconds = child.wait(PATIENCE), time.perf_counter() - started
    memory.close()
    if status != 0:
        raise RuntimeError(f"{child.args!r} ended with {status}")
    return Run(pages, seconds)
