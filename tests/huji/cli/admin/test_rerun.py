"""huji admin rerun, as it is typed, over a page that the real pipeline reads."""

import copy
import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import select

from access.keys.operations.issue_key import issue_key
from access.principal import SYSTEM
from domain.series import load_series
from huji.cli.main import main
from index_service.editions.queries import current_edition, published_versions
from index_service.requests.tables import Request
from ingest.decoding.limited_decoder import LimitedDecoder
from ingest.ocr.choose import choose_engines
from ingest.pipeline.plan import Readers
from ingest.pipeline.run import PageTools, run_page
from ingest.processing.operations.claim_run import claim_run
from ingest.processing.operations.commit_run import commit_run
from ingest.processing.queries import find_work
from storage.catalogue.tables import PageImage
from storage.database.engine import make_engine
from storage.database.session import Database
from storage.intake.tables import ProcessingRun, RecognitionResult, Rerun
from storage.objects.ports import ObjectStore
from tests.index_service.scene import NOW, Scene, set_scene
from tests.index_service.walk import assign_and_start, deliver_and_confirm, names_at, publish
from tests.ingest.house import Api, declared, make_api, make_room, on_our_api
from tests.ingest.pages import small_page

WRONG = "誤讀之名"


@dataclass
class Site:
    """A published page, one of whose names an older engine misread."""

    database: Database
    store: ObjectStore
    right: str


@pytest.fixture
def site(
    sqlite_url: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, decoder: LimitedDecoder
) -> Iterator[Site]:
    """Deliver, process, misread, publish."""
    monkeypatch.setenv("HUJI_DATABASE_URL", sqlite_url)
    monkeypatch.setenv("HUJI_OBJECTS", f"files:{tmp_path / 'objects'}")
    monkeypatch.setenv("HUJI_REDIS_URL", f"unix://{tmp_path / 'none.sock'}")
    database = Database(make_engine(sqlite_url))
    store, parts = on_our_api(tmp_path / "objects")
    with database.writing() as session:
        scene = set_scene(session)
        _, key = issue_key(session, actor=SYSTEM, at=NOW, station_id=scene.station.id)
    api = Api(make_api(make_room(database, store, parts, decoder)), key)
    data, _ = small_page(2)
    batch = api.declare([declared("1.png", data, "1")], volume="板橋-0001").json()["id"]
    assert api.upload(batch, 1, data).json()["state"] == "complete"
    right = _misread(database, PageTools(store, decoder, Readers(choose_engines()[0]), load_series))
    _publish(database, scene)
    yield Site(database, store, right)
    database.dispose()


def _misread(database: Database, tools: PageTools) -> str:
    """Process the page with one name read wrong, as an older engine might; returns the name."""
    with database.writing() as session:
        run = session.scalars(select(ProcessingRun.id)).one()
        claim = claim_run(session, run_id=run, worker="w", lease=timedelta(minutes=5))
        assert claim is not None
        work = find_work(session, run_id=run)
    outcome = run_page(tools, work, lambda _step: None)
    proposals: list[Any] = copy.deepcopy(list(outcome.proposals))
    right = str(proposals[0]["fields"]["name"]["text"])
    proposals[0]["fields"]["name"]["text"] = WRONG
    with database.writing() as session:
        outcome = replace(outcome, proposals=tuple(proposals))
        commit_run(session, claim=claim, work=work, outcome=outcome, at=NOW)
    return right


def _publish(database: Database, scene: Scene) -> None:
    with database.writing() as session:
        request = session.scalars(select(Request)).one()
        assign_and_start(session, scene, request)
        deliver_and_confirm(session, scene, request)
        publish(session, scene, request)


@pytest.fixture(scope="module")
def decoder() -> Iterator[LimitedDecoder]:
    """One decoding child for the module."""
    found = LimitedDecoder()
    yield found
    found.close()


def typed(*more: str) -> Result:
    """The command."""
    return CliRunner().invoke(main, ["admin", "rerun", "--volume", "板橋-0001", *more])


def test_a_trial_says_what_would_change_and_writes_nothing(site: Site) -> None:
    objects = {one.key for one in site.store.list()}
    result = typed("--dry-run", "--json")
    assert result.exit_code == 0, result.output
    told = json.loads(result.stdout)
    assert (told["dry_run"], told["request"], told["counts"]["images"]) == (True, None, 1)
    assert [(one["page"], one["field"], one["before"], one["after"]) for one in told["changes"]] == [
        ("1", "name", WRONG, site.right)
    ]
    assert {one.key for one in site.store.list()} == objects
    with site.database.reading() as session:
        assert session.scalars(select(Rerun)).all() == []
        assert len(session.scalars(select(RecognitionResult)).all()) == 1
        assert len(session.scalars(select(Request)).all()) == 1


def test_a_rerun_here_opens_a_request_and_publishes_nothing(site: Site) -> None:
    result = typed("--here", "--json")
    assert result.exit_code == 0, result.output
    told = json.loads(result.stdout)
    assert [(one["before"], one["after"]) for one in told["changes"]] == [(WRONG, site.right)]
    with site.database.reading() as session:
        request = session.scalars(select(Request).filter_by(number=told["request"])).one()
        assert (request.state, request.kind) == ("accepted", "index_correction")
        edition = current_edition(session)
        assert edition == 1
        assert WRONG in names_at(session, edition)
        assert len(session.scalars(select(PageImage)).all()) == 1
        assert len(session.scalars(select(RecognitionResult)).all()) == 2
        assert len(published_versions(session, edition)) >= 2
    again = json.loads(typed("--here", "--json").stdout)
    assert (again["request"], again["counts"]["under_way"], again["counts"]["changes"]) == (None, 1, 0)


def test_what_cannot_be_ordered_is_said(site: Site) -> None:
    assert "There is no series" in typed("--series", "nothing", "--dry-run").stderr
    wrong = CliRunner().invoke(main, ["admin", "rerun", "--volume", "無此冊"])
    assert "There is no volume" in wrong.stderr
    assert "does not hold the role ministry_clerk" in typed("--clerk", "operator").stderr
