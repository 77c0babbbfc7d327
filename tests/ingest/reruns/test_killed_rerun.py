"""A worker killed inside each step of a rerun's run: the page is read, once, and the request opened, once."""

import json
import time
from pathlib import Path

import pytest
from redis import Redis
from sqlalchemy import func, select

from index_service.requests.tables import Request
from ingest.processing.run_queue import RunQueue
from ingest.processing.sweep_once import sweep_once
from ingest.reruns.operations.order_rerun import order_rerun
from storage.database.session import Database
from storage.intake.tables import RecognitionResult, Rerun
from tests.index_service.scene import NOW
from tests.ingest.kept_alive import exit_statuses, running_module
from tests.ingest.reruns.published import published_site

POINTS = ("claimed", "decode", "deskew", "read", "store", "commit", "committed")
QUICK = ("commit", "committed")


@pytest.mark.parametrize(
    "points", [QUICK, pytest.param(POINTS, marks=pytest.mark.slow)], ids=["some steps", "every step"]
)
def test_a_rerun_survives_its_workers(sqlite_url: str, tmp_path: Path, points: tuple[str, ...]) -> None:
    (tmp_path / "kills").mkdir()
    config = {"database": sqlite_url, "files": str(tmp_path / "objects")}
    config |= {name: str(tmp_path / name) for name in ("kills", "deaths")}
    # No Redis at all: the database alone says what is owed.
    config["redis"] = f"unix://{tmp_path / 'none.sock'}"
    (tmp_path / "config.json").write_text(json.dumps(config))
    with published_site(sqlite_url, tmp_path / "objects") as site:
        with site.database.writing() as session:
            order_rerun(
                session,
                actor=site.scene.ministry,
                volume_id=site.scene.volume.id,
                series_key=None,
                at=NOW,
            )
        for point in points:
            (tmp_path / "kills" / point).touch()
        with running_module("tests.ingest.processing.worker_process", tmp_path / "config.json"):
            queue = RunQueue(Redis.from_url(config["redis"]))
            _wait(site.database, queue, tmp_path / "deaths", len(points))
        assert exit_statuses(tmp_path / "deaths") == [-9] * len(points)
        with site.database.reading() as session:
            rerun = session.scalars(select(Rerun)).one()
            kinds = sorted(session.scalars(select(Request.kind)))
            assert session.scalar(select(func.count(RecognitionResult.id))) == 2
            assert rerun.counts is not None
            assert (rerun.counts["changes"], rerun.counts["failed"]) == (1, 0)
        assert kinds == ["first_load", "index_correction"]


def _wait(database: Database, queue: RunQueue, deaths: Path, kills: int, seconds: float = 150.0) -> None:
    """Sweep until the rerun is read and the worker has died behind its commit too, before it could settle."""
    until = time.monotonic() + seconds
    while True:
        sweep_once(database, queue, now=lambda: NOW, most_attempts=20)
        with database.reading() as session:
            state = session.scalars(select(Rerun.state)).one()
        if state == "read" and len(exit_statuses(deaths)) == kills:
            return
        assert time.monotonic() < until, f"the rerun is {state} after {exit_statuses(deaths)}"
        time.sleep(0.2)
