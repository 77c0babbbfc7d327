"""Several at once, on PostgreSQL and S3: one outcome, and everybody is told it."""

import uuid
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select

from ingest.decoding.limited_decoder import LimitedDecoder
from ingest.processing.operations.claim_run import claim_run
from ingest.uploads.operations.sweep_incoming import sweep_incoming
from ingest.uploads.room import UploadRoom
from storage.database.identity import new_id
from storage.database.session import Database
from storage.intake.tables import Batch, ProcessingRun, Upload
from tests.imaging.drawn_files import picture, saved
from tests.ingest.house import Api, declared, make_api, make_place, make_room, now
from tests.services.fixtures import Objects

DATA = saved(picture(60, 40), "PNG")


@pytest.fixture
def room(postgres_database: Database, s3_objects: Objects, decoder: LimitedDecoder) -> UploadRoom:
    """One site: PostgreSQL and S3."""
    return make_room(postgres_database, s3_objects.store, s3_objects.uploads, decoder)


@pytest.fixture
def api(room: UploadRoom) -> Api:
    """The station's client."""
    return Api(make_api(room), make_place(room.database).key)


def at_once(act: Callable[[int], Any], count: int = 6) -> list[Any]:
    """Run in as many threads."""
    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(act, range(count)))


def test_one_batch_comes_of_declaring_it_at_once(api: Api, room: UploadRoom) -> None:
    answers = at_once(lambda _: api.declare([declared("1.png", DATA, "1")]))
    assert sorted(answer.status_code for answer in answers) == [200] * 5 + [201]
    assert len({answer.json()["id"] for answer in answers}) == 1


def test_one_of_two_stations_gets_the_page(api: Api, room: UploadRoom) -> None:
    answers = at_once(lambda n: api.declare([declared("1.png", b"%d" % n, "1")], key=f"k{n}"))
    assert sorted(answer.status_code for answer in answers) == [201] + [422] * 5
    with room.database.reading() as session:
        assert session.scalar(select(func.count()).select_from(Batch)) == 1


def test_completing_at_once_stores_once(api: Api, room: UploadRoom) -> None:
    files = [saved(picture(60, 40, seed=n), "PNG") for n in (1, 2, 3)]
    listed = [declared(f"{n}.png", data, str(n)) for n, data in enumerate(files, 1)]
    batch = api.declare(listed).json()["id"]
    for ordinal, data in enumerate(files, 1):
        begin = f"/api/v1/ingest/batches/{batch}/files/{ordinal}/upload"
        begun = at_once(lambda _, path=begin: api.post(path).json())
        assert len({upload["id"] for upload in begun}) == 1
        room.parts.put_part(_reference(room, begun[0]["id"]), 1, data)
        complete = f"/api/v1/ingest/uploads/{begun[0]['id']}/complete"
        answers = at_once(lambda _, path=complete: api.post(path))
        assert {answer.status_code for answer in answers} == {200}
    with room.database.reading() as session:
        runs = session.scalars(select(ProcessingRun.id)).all()
    assert len(runs) == len(files)
    assert {room.store.read(found.key) for found in room.store.list()} == set(files)


def test_one_of_many_workers_gets_the_run(api: Api, room: UploadRoom) -> None:
    batch = api.declare([declared("1.png", DATA, "1")]).json()["id"]
    begun = api.post(f"/api/v1/ingest/batches/{batch}/files/1/upload").json()
    room.parts.put_part(_reference(room, begun["id"]), 1, DATA)
    api.post(f"/api/v1/ingest/uploads/{begun['id']}/complete")
    with room.database.reading() as session:
        runs = session.scalars(select(ProcessingRun.id)).all()

    def claim(number: int) -> bool:
        with room.database.writing() as session:
            lease = timedelta(minutes=1)
            return claim_run(session, run_id=runs[0], worker=f"w{number}", lease=lease) is not None

    assert sorted(at_once(claim)) == [False] * 5 + [True]


def test_an_upload_that_the_store_lost_is_begun_again(
    api: Api, room: UploadRoom, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ingest.uploads.operations.complete_upload._PAUSE", 0.01)
    batch = api.declare([declared("1.png", DATA, "1")]).json()["id"]
    begun = api.post(f"/api/v1/ingest/batches/{batch}/files/1/upload").json()
    room.parts.abort(_reference(room, begun["id"]))
    answer = api.post(f"/api/v1/ingest/uploads/{begun['id']}/complete")
    assert (answer.status_code, answer.json()["code"]) == (409, "upload_over")
    again = api.post(f"/api/v1/ingest/batches/{batch}/files/1/upload").json()
    assert again["id"] != begun["id"]
    assert [part["number"] for part in again["missing"]] == [1]


def test_what_was_abandoned_is_cleared_and_masters_are_left_alone(api: Api, room: UploadRoom) -> None:
    other = saved(picture(60, 40, seed=2), "PNG")
    batch = api.declare([declared("1.png", DATA, "1"), declared("2.png", other, "2")]).json()["id"]
    first = api.post(f"/api/v1/ingest/batches/{batch}/files/1/upload").json()
    room.parts.put_part(_reference(room, first["id"]), 1, DATA)
    assert api.post(f"/api/v1/ingest/uploads/{first['id']}/complete").status_code == 200
    abandoned = api.post(f"/api/v1/ingest/batches/{batch}/files/2/upload").json()
    room.parts.put_part(_reference(room, abandoned["id"]), 1, other)
    room.store.put(f"incoming/{new_id()}", b"left by a crash")
    assert sweep_incoming(room, at=now()) == 0
    assert sweep_incoming(room, at=now() + timedelta(days=15)) == 2
    assert sweep_incoming(room, at=now() + timedelta(days=15)) == 0
    assert [room.store.read(found.key) for found in room.store.list()] == [DATA]
    assert api.post(f"/api/v1/ingest/uploads/{abandoned['id']}/complete").json()["code"] == "upload_over"
    again = api.post(f"/api/v1/ingest/batches/{batch}/files/2/upload").json()
    assert again["id"] != abandoned["id"]


def _reference(room: UploadRoom, upload: str) -> str:
    with room.database.reading() as session:
        return session.get_one(Upload, uuid.UUID(upload)).store_reference
