"""Declaring batches through the API, on both engines."""

import json
import uuid

import pytest
from sqlalchemy import func, select, update
from sqlalchemy.exc import IntegrityError

from access.keys.operations.revoke_key import revoke_key
from access.keys.tables import ApiKey
from access.principal import SYSTEM
from ingest.decoding.limited_decoder import LimitedDecoder
from storage.catalogue.tables import Page
from storage.database.session import Database
from storage.intake.tables import Batch, BatchPage
from tests.ingest.house import AT, Api, Place, declared, make_api, make_place, make_room
from tests.services.fixtures import Objects

A, B = declared("a.jpg", b"a", "1"), declared("b.jpg", b"b", "2")


@pytest.fixture
def api(database: Database, file_objects: Objects, decoder: LimitedDecoder) -> Api:
    """The station's client, on each engine."""
    place = make_place(database)
    return Api(make_api(make_room(database, file_objects.store, file_objects.uploads, decoder)), place.key)


def test_a_batch_is_declared_once_for_a_key(api: Api, database: Database) -> None:
    first = api.declare([A, B])
    assert first.status_code == 201
    assert first.json()["pages"] == {"expected": 2}
    assert [file["state"] for file in first.json()["files"]] == ["expected", "expected"]
    again = api.declare([A, B])
    assert again.status_code == 200
    assert again.json()["id"] == first.json()["id"]
    with database.reading() as session:
        assert session.scalar(select(func.count()).select_from(Batch)) == 1
        assert session.scalars(select(Page.designation).order_by(Page.sequence)).all() == ["1", "2"]


def test_the_same_key_for_another_manifest_is_a_conflict(api: Api) -> None:
    api.declare([A])
    other = api.declare([A, B])
    assert other.status_code == 409
    assert other.json()["code"] == "idempotency_key_reused"


def test_a_key_is_needed(api: Api) -> None:
    assert api.declare([A], key="").json()["code"] == "idempotency_key_needed"


def test_every_defect_is_told_at_once_and_nothing_is_kept(api: Api, database: Database) -> None:
    swapped = [declared("a.jpg", b"a", "2"), declared("a.jpg", b"a", "1"), declared("c.jpg", b"c", "2")]
    answer = api.declare(swapped, volume="無此冊")
    assert answer.status_code == 422
    found = {defect["code"] for defect in answer.json()["defects"]}
    assert found == {"unknown_volume", "duplicate_name", "duplicate_file", "page_order", "duplicate_page"}
    assert all(defect["zh"] and defect["en"] for defect in answer.json()["defects"])
    with database.reading() as session:
        for table in (Batch, BatchPage, Page):
            assert session.scalar(select(func.count()).select_from(table)) == 0


def test_a_page_on_its_way_is_not_declared_again(api: Api) -> None:
    api.declare([A])
    other = api.declare([declared("z.jpg", b"z", "1")], key="k2")
    assert [defect["code"] for defect in other.json()["defects"]] == ["page_on_its_way"]


def test_a_page_set_aside_may_come_in_another_batch(api: Api, database: Database) -> None:
    batch = api.declare([A, B]).json()
    page = _page_id(database, batch["id"], "1")
    path = f"/api/v1/ingest/batches/{batch['id']}/pages/{page}/set-aside"
    assert api.post(path, json={"reason": " "}).status_code == 422
    done = api.post(path, json={"reason": "摺角,重掃"})
    assert done.json()["failures"][0]["reason"]["zh"] == "摺角,重掃"
    assert api.post(path, json={"reason": "again"}).json() == done.json()
    assert api.declare([declared("z.jpg", b"z", "1")], key="k2").status_code == 201


def test_an_empty_file_is_refused_and_the_rest_goes_on(api: Api) -> None:
    batch = api.declare([A, declared("e.jpg", b"", "2")]).json()
    assert batch["pages"] == {"expected": 1, "refused": 1}
    assert batch["failures"][0]["reason"]["code"] == "empty"
    begun = api.post(f"/api/v1/ingest/batches/{batch['id']}/files/2/upload")
    assert (begun.status_code, begun.json()["code"]) == (422, "file_refused")


def test_a_rescan_needs_a_request_that_waits_for_it(api: Api) -> None:
    answer = api.declare([A], purpose="rescan", request_id=str(uuid.uuid4()))
    assert [defect["code"] for defect in answer.json()["defects"]] == ["unknown_request"]


def test_a_revoked_key_opens_nothing(api: Api, database: Database) -> None:
    with database.writing() as session:
        key = session.scalars(select(ApiKey)).one()
        revoke_key(session, actor=SYSTEM, key=key, at=AT)
    answer = api.declare([A])
    assert (answer.status_code, answer.json()["code"]) == (401, "key_unknown")


def test_another_stations_batch_is_out_of_sight(database: Database, api: Api) -> None:
    batch = api.declare([A]).json()
    other: Place = make_place(database, code="B02")
    stranger = Api(api.app, other.key)
    assert stranger.get(f"/api/v1/ingest/batches/{batch['id']}").status_code == 404
    assert stranger.post(f"/api/v1/ingest/batches/{batch['id']}/files/1/upload").status_code == 404
    assert stranger.get("/api/v1/ingest/batches").json() == {"batches": [], "next": None}


def test_batches_are_listed_newest_first_page_by_page(api: Api) -> None:
    made = [
        api.declare([declared("a.jpg", b"%d" % n, str(n))], key=f"k{n}").json()["id"] for n in range(1, 4)
    ]
    first = api.get("/api/v1/ingest/batches?limit=2").json()
    assert [batch["id"] for batch in first["batches"]] == made[:0:-1]
    assert first["batches"][0]["pages"] == {"expected": 1}
    rest = api.get("/api/v1/ingest/batches", params={"limit": 2, "cursor": first["next"]}).json()
    assert ([batch["id"] for batch in rest["batches"]], rest["next"]) == (made[:1], None)
    assert api.get("/api/v1/ingest/batches?cursor=nonsense").status_code == 422


def test_pages_that_did_not_fail_are_not_retried(api: Api, database: Database) -> None:
    batch = api.declare([A]).json()
    page = _page_id(database, batch["id"], "1")
    answer = api.post(f"/api/v1/ingest/batches/{batch['id']}/pages/{page}/retry")
    assert (answer.status_code, answer.json()["code"]) == (409, "page_not_failed")
    assert api.post(f"/api/v1/ingest/batches/{batch['id']}/pages/{uuid.uuid4()}/retry").status_code == 404


def test_no_two_pages_are_given_one_place_and_no_number_is_too_large(api: Api, database: Database) -> None:
    names = ["封面", "12", "12a", "12b", "12-1", "20251231", "99999999999999"]
    files = [declared(f"{n}.jpg", b"%d" % n, name) for n, name in enumerate(names)]
    answer = api.declare(files)
    assert answer.status_code == 201, answer.text
    with database.reading() as session:
        rows = session.execute(select(Page.designation, Page.sequence).order_by(Page.sequence)).all()
    assert len({place for _, place in rows}) == len(names)
    assert [name for name, _ in rows] == names
    assert max(place for _, place in rows) < 2**31


def test_views_and_frames_beyond_reason_are_defects(api: Api) -> None:
    pages = [{"designation": "1", "view": 10**12}, {"designation": "2", "frame": 10**20}]
    answer = api.declare([declared("a.tif", b"a", *pages)])
    assert answer.status_code == 422
    assert {defect["code"] for defect in answer.json()["defects"]} == {"designation", "frame"}


def test_a_text_that_no_column_takes_is_the_senders_error(api: Api) -> None:
    answer = api.declare([A], volume="甲\0一")
    assert answer.status_code == 422, answer.text
    assert answer.json()["code"] == "body_invalid"


def _page_id(database: Database, batch: str, designation: str) -> uuid.UUID:
    with database.reading() as session:
        query = select(BatchPage.id).join(Page, Page.id == BatchPage.page_id)
        return session.scalars(
            query.where(Page.designation == designation, BatchPage.batch_id == uuid.UUID(batch))
        ).one()


@pytest.mark.parametrize("volume", ["\\ud800", "a\\u0000b"])
def test_a_volume_of_no_text_is_the_senders_error(api: Api, volume: str) -> None:
    body = json.dumps({"volume": "PLACEHOLDER", "files": [declared("1.png", b"x", "1")]})
    answer = api.post(
        "/api/v1/ingest/batches",
        content=body.replace("PLACEHOLDER", volume).encode(),
        headers={"Content-Type": "application/json", "Idempotency-Key": "k1"},
    )
    assert (answer.status_code, answer.json()["code"]) == (422, "body_invalid")
    assert "volume" in str(answer.json())


def test_the_halves_of_a_spread_are_two_pages_of_one_file(api: Api, database: Database) -> None:
    halves = [{"designation": "1", "side": "right"}, {"designation": "2", "side": "left"}]
    assert api.declare([declared("s.jpg", b"s", *halves)]).status_code == 201
    with database.reading() as session:
        rows = session.execute(
            select(Page.designation, BatchPage.frame, BatchPage.side)
            .join(BatchPage, BatchPage.page_id == Page.id)
            .order_by(Page.sequence)
        ).all()
    assert [tuple(row) for row in rows] == [("1", 0, "right"), ("2", 0, "left")]
    against = [{"designation": "3", "side": "left"}, {"designation": "4", "side": "right"}]
    wrong = api.declare([declared("t.jpg", b"t", *against)], key="k2")
    assert [defect["code"] for defect in wrong.json()["defects"]] == ["side_order"]


def test_the_same_half_of_a_frame_is_no_two_pages(api: Api, database: Database) -> None:
    halves = [{"designation": "1", "side": "right"}, {"designation": "2", "side": "left"}]
    api.declare([declared("s.jpg", b"s", *halves)])
    with pytest.raises(IntegrityError), database.writing() as session:
        session.execute(update(BatchPage).values(side="right"))
    with pytest.raises(IntegrityError), database.writing() as session:
        session.execute(update(BatchPage).values(side=None))
    with pytest.raises(IntegrityError), database.writing() as session:
        session.execute(update(BatchPage).values(side="top"))
