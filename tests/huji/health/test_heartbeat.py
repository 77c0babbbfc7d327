"""Heartbeats: how they are written and read, and what `huji health` makes of them."""

import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from click.testing import CliRunner

from huji.cli.main import main
from huji.health.heartbeat import LEFT_BEHIND_SECONDS, Heartbeat, beats_folder
from huji.health.read_beats import read_beats
from huji.scheduler import Task, run_scheduler
from storage.database.migrate import migrate
from tests.services.processes import stop


def age(scratch: Path, kind: str, name: str, seconds: float) -> None:
    """Move a beat into the past."""
    then = time.time() - seconds
    os.utime(beats_folder(scratch, kind) / name, (then, then))


def test_each_process_beats_for_itself(tmp_path: Path) -> None:
    """The youngest stands first; another kind's beats do not count; an end takes the beat away."""
    first, second = (Heartbeat(tmp_path, "worker", name) for name in ("1", "2"))
    for one in (first, second, Heartbeat(tmp_path, "scheduler", "3")):
        one.beat()
    age(tmp_path, "worker", "1", 50)
    young, old = read_beats(tmp_path, "worker")
    assert young < 5
    assert old == pytest.approx(50, abs=5)
    second.end()
    assert len(read_beats(tmp_path, "worker")) == 1


def test_beats_are_spaced(tmp_path: Path) -> None:
    """Work that passes a hundred points a second does not write a hundred times."""
    rare, often = Heartbeat(tmp_path, "worker", "rare", 60), Heartbeat(tmp_path, "worker", "often", 0)
    for one in (rare, often):
        one.beat()
    for name, one in (("rare", rare), ("often", often)):
        age(tmp_path, "worker", name, 30)
        one.beat()
    assert [round(one / 10) for one in read_beats(tmp_path, "worker")] == [0, 3]


def test_a_clock_set_back_makes_a_beat_old(tmp_path: Path) -> None:
    Heartbeat(tmp_path, "worker", "1").beat()
    age(tmp_path, "worker", "1", -3600)
    assert read_beats(tmp_path, "worker")[0] == pytest.approx(3600, abs=5)


def test_beats_left_behind_are_taken_away(tmp_path: Path) -> None:
    """What a killed process left does not stay for ever; what is merely silent stays to be seen."""
    for name in ("killed", "silent"):
        Heartbeat(tmp_path, "worker", name).beat()
    age(tmp_path, "worker", "killed", LEFT_BEHIND_SECONDS + 60)
    age(tmp_path, "worker", "silent", 600)
    Heartbeat(tmp_path, "worker", "next").beat()
    assert {file.name for file in beats_folder(tmp_path, "worker").iterdir()} == {"silent", "next"}


def test_a_beat_that_cannot_be_written_stops_no_work(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "heartbeats").write_text("in the way")
    Heartbeat(tmp_path, "worker", "1").beat()
    assert "no heartbeat could be written" in caplog.text


@pytest.mark.parametrize(
    ("words", "alive"),
    [
        (["--within", "60"], 1),
        (["--within", "60", "--at-least", "2"], None),
        (["--within", "900", "--at-least", "2"], 2),
        (["--within", "0.001"], None),
    ],
)
def test_health_counts_who_is_alive(
    words: list[str], alive: int | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One beat is of now, one ten minutes old."""
    for name in ("1", "2"):
        Heartbeat(tmp_path, "worker", name).beat()
    age(tmp_path, "worker", "1", 600)
    age(tmp_path, "worker", "2", 1)
    monkeypatch.setenv("HUJI_SCRATCH", str(tmp_path))
    told = CliRunner().invoke(main, ["health", "worker", *words, "--json"])
    assert told.exit_code == (0 if alive else 1), told.output
    if alive:
        assert json.loads(told.output)["alive"] == alive


def test_health_without_any_beat(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HUJI_SCRATCH", str(tmp_path / "nowhere"))
    told = CliRunner().invoke(main, ["health", "scheduler"])
    assert told.exit_code == 1
    assert told.output.startswith("scheduler: 0 ")


@contextmanager
def huji(command: str, scratch: Path) -> Iterator[subprocess.Popen[bytes]]:
    """Run a worker or scheduler on an empty house, without Redis."""
    settings = {
        "HUJI_DATABASE_URL": f"sqlite:///{scratch}/huji.sqlite",
        "HUJI_OBJECTS": f"files:{scratch}/objects",
        "HUJI_REDIS_URL": f"unix://{scratch}/nobody.sock",
        "HUJI_SCRATCH": str(scratch),
    }
    migrate(settings["HUJI_DATABASE_URL"])
    process = subprocess.Popen(
        [sys.executable, "-m", "huji.cli.main", command], env={**os.environ, **settings}
    )
    try:
        yield process
    finally:
        stop(process)


@pytest.mark.parametrize("kind", ["worker", "scheduler"])
def test_a_process_beats_until_it_ends(kind: str, tmp_path: Path) -> None:
    """Redis is away, and the beats go on; an ended process leaves no beat."""
    with huji(kind, tmp_path) as process:
        until(lambda: read_beats(tmp_path, kind))
        first = beat_time(tmp_path, kind)
        until(lambda: beat_time(tmp_path, kind) > first)
        process.terminate()
        assert process.wait(20) == 0
    assert read_beats(tmp_path, kind) == []


def test_a_scheduler_that_hangs_falls_silent(tmp_path: Path) -> None:
    """It beats for as long as every task comes back in time."""
    stop_now, release = threading.Event(), threading.Event()
    heartbeat = Heartbeat(tmp_path, "scheduler", "1", least_seconds=0)

    def hang() -> object:
        """Hang once there was a beat: from the start on there would never be one."""
        return read_beats(tmp_path, "scheduler") and release.wait(30)

    tasks = [Task("work", 0.01, lambda: None), Task("hang", 0.1, hang)]
    runner = threading.Thread(target=run_scheduler, args=(tasks, stop_now, heartbeat.beat, 0.3))
    runner.start()
    try:
        until(lambda: read_beats(tmp_path, "scheduler") and read_beats(tmp_path, "scheduler")[0] > 0.9)
        release.set()
        until(lambda: read_beats(tmp_path, "scheduler")[0] < 0.6)
    finally:
        stop_now.set()
        release.set()
        runner.join(10)


def beat_time(scratch: Path, kind: str) -> float:
    """Return when the one process of a kind beat last."""
    (file,) = beats_folder(scratch, kind).iterdir()
    return file.stat().st_mtime


def until(check: Callable[[], object], seconds: float = 60) -> None:
    """Wait for a true answer."""
    end = time.monotonic() + seconds
    while not check():
        assert time.monotonic() < end
        time.sleep(0.05)
