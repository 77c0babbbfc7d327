"""What a file holds is published by people who answer for it, once, by the workflow's own steps."""

import json
from collections.abc import Sequence

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from access.audit.tables import AuditEvent
from access.http.problems import Problem
from index_service.editions.queries import current_edition, published_versions
from index_service.editions.tables import PublishedPlace
from index_service.lookups.operations.open_case import open_case
from index_service.requests.load_file import read_load_file
from index_service.requests.load_plan import plan_load
from index_service.requests.operations.load_entries import Loaded, LoadPeople, load_entries
from index_service.requests.queries import history_of
from index_service.requests.tables import Opening, Request
from storage.catalogue.tables import Page, Volume
from storage.database.session import Database
from storage.intake.tables import Batch
from tests.index_service.lookups.agreed import ask, names
from tests.index_service.scene import NOW, Scene, set_scene

ROWS = (
    {"page": "2", "name": "黄■", "birth_date": "明治三十八年五月十二日", "father": "黃大"},
    {"page": "1", "name": "陳明德", "address": "臺北廳大加蚋堡艋舺"},
    {"page": "1", "name": " 林氏阿妹", "ordinal": 7},
)


def content(scene: Scene, rows: Sequence[dict[str, object]] = ROWS, volume: str = "板橋-0001") -> bytes:
    common = {"office": scene.office.code, "volume": volume}
    return "\n".join(json.dumps({**common, **row}) for row in rows).encode()


def people(scene: Scene, **changed: str) -> LoadPeople:
    named = {
        "assigner": "ministry",
        "operator": "operator",
        "confirmer": "supervisor",
        "publisher": "publisher",
    }
    return LoadPeople(**{role: scene.people[name] for role, name in {**named, **changed}.items()})


def load_all(
    session: Session, scene: Scene, raw: bytes, who: LoadPeople | None = None, sha256: str = "a" * 64
) -> list[Loaded | None]:
    lines, defects = read_load_file(raw)
    loads, misplaced = plan_load(session, lines)
    assert not defects
    assert not misplaced
    return [
        load_entries(session, load=load, people=who or people(scene), file_sha256=sha256, at=NOW)
        for load in loads
    ]


def test_a_file_becomes_an_edition_by_the_steps_of_a_first_load(database: Database) -> None:
    with database.writing() as session:
        scene = set_scene(session)
        (loaded,) = load_all(session, scene, content(scene))
        assert loaded is not None
        assert (loaded.edition, loaded.entries, loaded.pages, loaded.registered) == (1, 3, 2, False)
    with database.writing() as session:
        request = session.scalars(select(Request)).one()
        assert [one.action for one in history_of(session, request.id)] == [
            "open",
            "reassign",
            "start",
            "deliver",
            "confirm",
            "publish",
        ]
        by = {one.action: one.actor_id for one in history_of(session, request.id)}
        assert by["deliver"] == scene.operator.account_id
        assert by["confirm"] == scene.supervisor.account_id
        assert by["publish"] == scene.publisher.account_id
        assert set(session.scalars(select(Opening.part))) == {"values"}
        versions = {one.fields["name"]["text"]: one for one in published_versions(session, 1)}
        assert set(versions) == {"黄■", "陳明德", " 林氏阿妹"}
        assert {value["provenance"] for one in versions.values() for value in one.fields.values()} == {
            "loaded"
        }
        assert {one.least_confidence for one in versions.values()} == {1.0}
        assert versions["黄■"].fields["birth_date"]["parsed"]["earliest"] == "1905-05-12"
        assert [versions["陳明德"].ordinal, versions[" 林氏阿妹"].ordinal] == [0, 7]
        event = session.scalars(select(AuditEvent).filter_by(action="load.published")).one()
        assert event.facts["entries"] == 3
        case = open_case(
            session, actor=scene.clerk, purpose="查詢", case_number="1", legal_basis="戶籍法", at=NOW
        )
    assert names(ask(database, scene.clerk, case.id, name="黃?")) == ["黄■"]
    assert names(ask(database, scene.clerk, case.id, volume="板橋-0001", page="1")) == ["陳明德", " 林氏阿妹"]


def test_the_same_file_loads_nothing_again_and_another_adds_to_it(database: Database) -> None:
    with database.writing() as session:
        scene = set_scene(session)
        load_all(session, scene, content(scene))
    with database.writing() as session:
        assert load_all(session, scene, content(scene)) == [None]
        assert session.scalar(select(func.count(Request.id))) == 1
        more = [{"page": "1", "name": "余阿明"}, {"page": "封面", "name": "余"}]
        load_all(session, scene, content(scene, more), sha256="b" * 64)
    with database.reading() as session:
        assert len(published_versions(session, current_edition(session))) == 5
        assert session.scalar(select(func.count(Page.id))) == 3
        assert session.scalar(select(func.count(PublishedPlace.id))) == 3


def test_an_unknown_volume_is_registered_by_the_system(database: Database) -> None:
    with database.writing() as session:
        scene = set_scene(session)
        (loaded,) = load_all(session, scene, content(scene, volume="新-1"))
        assert loaded is not None
        assert loaded.registered
        assert session.scalars(select(Volume).filter_by(designation="新-1")).one().series_key
        event = session.scalars(select(AuditEvent).filter_by(action="volume.registered")).one()
        assert event.actor_kind == "system"


@pytest.mark.parametrize(
    "changed",
    [
        {"confirmer": "other_supervisor"},
        {"confirmer": "clerk"},
        {"publisher": "operator"},
        {"operator": "clerk"},
    ],
)
def test_who_may_not_take_a_step_stops_the_load(database: Database, changed: dict[str, str]) -> None:
    with database.writing() as session:
        scene = set_scene(session)
    with pytest.raises(Problem), database.writing() as session:
        load_all(session, scene, content(scene), people(scene, **changed))
    with database.reading() as session:
        assert session.scalar(select(func.count(Batch.id))) == 0
        assert current_edition(session) == 0


def test_wrong_offices_and_series_are_named_by_line(database: Database) -> None:
    rows = [{"page": "1", "name": "陳"}, {"page": "1", "name": "陳", "series": "plain_pages"}]
    with database.writing() as session:
        scene = set_scene(session)
        raw = content(scene, rows) + b'\n{"office": "?", "volume": "1", "page": "1", "name": "x"}'
        lines, _ = read_load_file(raw)
        loads, defects = plan_load(session, lines)
        assert [one.line for one in defects] == [2, 3]
        assert [len(load.lines) for load in loads] == [1]


@pytest.mark.parametrize("purpose", ["first_load", "rescan"])
def test_only_a_load_lacks_a_station(database: Database, purpose: str) -> None:
    with database.writing() as session:
        scene = set_scene(session)
    common = {"office_id": scene.office.id, "volume_id": scene.volume.id, "manifest_sha256": "0" * 64}
    with pytest.raises(IntegrityError), database.writing() as session:
        session.add(Batch(**common, idempotency_key="a", purpose=purpose, declared_at=NOW))
    with pytest.raises(IntegrityError), database.writing() as session:
        session.add_all(
            Batch(**common, idempotency_key="a", purpose="load", declared_at=NOW) for _ in range(2)
        )
