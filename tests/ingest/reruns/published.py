"""A published page that the real pipeline read; an older engine misread one name and overlooked another."""

import copy
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import select

from access.keys.operations.issue_key import issue_key
from access.principal import SYSTEM
from domain.series import load_series
from index_service.requests.tables import Request
from ingest.decoding.limited_decoder import LimitedDecoder
from ingest.ocr.choose import choose_engines
from ingest.pipeline.read_form import Readers
from ingest.pipeline.run import PageTools, run_page
from ingest.processing.operations.claim_run import claim_run
from ingest.processing.operations.commit_run import commit_run
from ingest.processing.queries import find_work
from storage.database.engine import make_engine
from storage.database.session import Database
from storage.intake.tables import ProcessingRun
from storage.objects.ports import ObjectStore
from tests.index_service.scene import NOW, Scene, set_scene
from tests.index_service.walk import assign_and_start, deliver_and_confirm, publish
from tests.ingest.house import Api, declared, make_api, make_room, on_our_api
from tests.ingest.pages import small_page

WRONG = "誤讀之名"


@dataclass
class Site:
    """The published page; `right` is the name that was misread, `missed` the one not read at all."""

    database: Database
    store: ObjectStore
    scene: Scene
    right: str
    missed: str


@contextmanager
def published_site(database_url: str, folder: Path) -> Iterator[Site]:
    """Deliver, process, misread, publish."""
    database = Database(make_engine(database_url))
    store, parts = on_our_api(folder)
    decoder = LimitedDecoder()
    with database.writing() as session:
        scene = set_scene(session)
        _, key = issue_key(session, actor=SYSTEM, at=NOW, station_id=scene.station.id)
    api = Api(make_api(make_room(database, store, parts, decoder)), key)
    data, _ = small_page(2)
    batch = api.declare([declared("1.png", data, "1")], volume="板橋-0001").json()["id"]
    assert api.upload(batch, 1, data).json()["state"] == "complete"
    right, missed = _misread(database, PageTools(store, decoder, Readers(choose_engines()[0]), load_series))
    _publish(database, scene)
    yield Site(database, store, scene, right, missed)
    decoder.close()
    database.dispose()


def _misread(database: Database, tools: PageTools) -> tuple[str, str]:
    """Process the page as an older engine might; returns the name read wrong and the one overlooked."""
    with database.writing() as session:
        run = session.scalars(select(ProcessingRun.id)).one()
        claim = claim_run(session, run_id=run, worker="w", lease=timedelta(minutes=5))
        assert claim is not None
        work = find_work(session, run_id=run)
    outcome = run_page(tools, work, lambda _step: None)
    proposals: list[Any] = copy.deepcopy(list(outcome.proposals))
    right = str(proposals[0]["fields"]["name"]["text"])
    proposals[0]["fields"]["name"]["text"] = WRONG
    missed = str(proposals.pop()["fields"]["name"]["text"])
    with database.writing() as session:
        outcome = replace(outcome, proposals=tuple(proposals))
        commit_run(session, claim=claim, work=work, outcome=outcome, at=NOW)
    return right, missed


def _publish(database: Database, scene: Scene) -> None:
    with database.writing() as session:
        request = session.scalars(select(Request)).one()
        assign_and_start(session, scene, request)
        deliver_and_confirm(session, scene, request)
        publish(session, scene, request)
