"""A worker killed inside each step, and Redis flushed: every page ends with one run and one result."""

import json
import time
from datetime import timedelta
from pathlib import Path

import pytest
from redis import Redis
from sqlalchemy import func, select

from index_service.requests.tables import Request
from ingest.decoding.limited_decoder import LimitedDecoder
from ingest.pipeline.run import STEPS
from ingest.processing.run_queue import RunQueue
from ingest.processing.sweep_once import sweep_once
from storage.catalogue.tables import PageImage
from storage.database.session import Database
from storage.intake.tables import Batch, BatchPage, ProcessingRun, RecognitionResult
from tests.ingest.house import Api, declared, make_api, make_place, make_room, now, on_our_api
from tests.ingest.kept_alive import exit_statuses, running_module
from tests.ingest.pages import small_page
from tests.services.databases import opened
from tests.services.processes import private_folder
from tests.services.redis import RedisServer, running_redis

POINTS = ("claimed", *STEPS, "commit", "committed")
QUICK = {"sqlite": ("commit",), "postgresql": ("claimed", "commit", "committed")}
"""Before anything was done, before the results are written, and after: each reads a page once more."""
PATIENCE = 200.0


@pytest.mark.parametrize(
    "every", [False, pytest.param(True, marks=pytest.mark.slow)], ids=["some steps", "every step"]
)
def test_every_page_ends_with_one_run_and_one_result(
    database_url: str, tmp_path: Path, decoder: LimitedDecoder, every: bool
) -> None:
    (tmp_path / "kills").mkdir()
    with private_folder("redis") as folder, running_redis(folder) as server, opened(database_url) as database:
        points = POINTS if every else QUICK[database.dialect]
        config = _configure(tmp_path, database_url, server)
        queue = RunQueue(server.client())
        pages = _deliver(database, tmp_path, queue, decoder)
        for point in points:
            (tmp_path / "kills" / point).touch()
        with running_module("tests.ingest.processing.worker_process", config):
            _wait_until_done(database, queue, server.client(), tmp_path / "deaths", pages, len(points))
        assert exit_statuses(tmp_path / "deaths") == [-9] * len(points)
        _check_rows(database, pages, len(points))


def _configure(folder: Path, database_url: str, server: RedisServer) -> Path:
    path = folder / "config.json"
    config = {"database": database_url, "files": str(folder / "objects"), "redis": server.url}
    config |= {"kills": str(folder / "kills"), "deaths": str(folder / "deaths")}
    path.write_text(json.dumps(config))
    return path


def _deliver(database: Database, folder: Path, queue: RunQueue, decoder: LimitedDecoder) -> int:
    """Declare and upload a batch as a station does; returns its pages."""
    place = make_place(database)
    room = make_room(database, *on_our_api(folder / "objects"), decoder, nudge=queue.nudge)
    api = Api(make_api(room), place.key)
    files = [small_page(seed)[0] for seed in (1, 2)]
    names = [declared(f"{n}.png", data, str(n)) for n, data in enumerate(files, 1)]
    batch = api.declare(names).json()["id"]
    for ordinal, data in enumerate(files, 1):
        assert api.upload(batch, ordinal, data).json()["state"] == "complete"
    return len(files)


def _wait_until_done(
    database: Database, queue: RunQueue, redis: Redis, deaths: Path, pages: int, kills: int
) -> None:
    """Sweep as the scheduler does, and flush Redis once in the middle of things."""
    flushed, end = False, time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if not flushed and len(exit_statuses(deaths)) >= 1:
            redis.flushall()
            flushed = True
        sweep_once(database, queue, now=now, most_attempts=20, grace=timedelta(0))
        with database.reading() as session:
            done = session.scalar(select(func.count()).where(BatchPage.state == "done"))
        if done == pages and len(exit_statuses(deaths)) == kills:
            assert flushed
            return
        time.sleep(0.3)
    pytest.fail(f"{done} of {pages} pages done, deaths {exit_statuses(deaths)}")


def _check_rows(database: Database, pages: int, kills: int) -> None:
    with database.reading() as session:
        runs = session.scalars(select(ProcessingRun)).all()
        results = session.scalars(select(RecognitionResult)).all()
        images = session.scalars(select(PageImage)).all()
        assert [run.state for run in runs] == ["done"] * pages
        assert {result.run_id for result in results} == {run.id for run in runs}
        assert {result.page_image_id for result in results} == {image.id for image in images}
        assert (len(results), len(images)) == (pages, pages)
        assert all(result.proposals for result in results)
        assert session.scalars(select(Batch.state)).all() == ["processed"]
        assert session.scalars(select(Request.kind)).all() == ["first_load"]
        assert sum(run.attempts for run in runs) >= kills
