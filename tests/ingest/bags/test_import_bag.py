"""A bag becomes the batch that an upload of it would be: once, whole, and whatever cuts it off."""

import json
import time
import uuid
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from access.audit.tables import AuditEvent
from access.http.problems import Conflict, Invalid, NotFound
from access.principal import SYSTEM
from ingest.bags.open_source import open_source
from ingest.bags.operations.import_bag import Imported, import_bag
from ingest.station.api import StationApi
from ingest.station.upload_file import upload_file
from ingest.uploads.room import UploadRoom
from storage.database.session import Database
from storage.intake.tables import Batch, BatchFile, BatchPage, ProcessingRun, Upload
from storage.objects.s3 import S3ObjectStore
from storage.organisations.tables import Station
from tests.imaging.drawn_files import picture, saved
from tests.ingest.bags.bags import KEY, bag_files, retagged, write_folder, write_zip
from tests.ingest.bags.silent import Silent
from tests.ingest.house import AT, Api, Place, make_place, now
from tests.ingest.kept_alive import exit_statuses, running_module
from tests.ingest.uploads.api_process import open_stores
from tests.services.databases import opened

POINTS = ("part", "joined", "verified", "inspected", "copied", "committed", "cleaned")


def scans(count: int = 3) -> list[tuple[str, bytes]]:
    """Images that differ."""
    return [(f"{n}.png", saved(picture(80, 60, seed=n), "PNG")) for n in range(1, count + 1)]


def take(room: UploadRoom, bag: Path, station: str = "A01-S1") -> Imported:
    """Import a bag as the command does."""
    source = open_source(bag)
    try:
        return import_bag(room, source, actor=SYSTEM, station_code=station, now=now, watch=Silent())
    finally:
        source.close()


def counted(database: Database) -> dict[str, int | None]:
    """How many rows there are of each."""
    with database.reading() as session:
        return {
            table.__tablename__: session.scalar(select(func.count()).select_from(table))
            for table in (Batch, BatchFile, BatchPage, ProcessingRun)
        }


@pytest.mark.parametrize("kind", ["folder", "archive"])
def test_a_bag_is_a_batch_stored_and_owed_its_runs(
    room: UploadRoom, place: Place, tmp_path: Path, kind: str
) -> None:
    found = scans()
    files = bag_files(found)
    bag = write_folder(tmp_path / "bag", files) if kind == "folder" else write_zip(tmp_path / "b.zip", files)
    report = take(room, bag)
    assert (report.new, report.stored, report.held, report.refused) == (
        True,
        ["1.png", "2.png", "3.png"],
        [],
        [],
    )
    assert counted(room.database) == {"batch": 1, "batch_file": 3, "batch_page": 3, "processing_run": 3}
    with room.database.reading() as session:
        rows = session.scalars(select(BatchFile).order_by(BatchFile.ordinal)).all()
        batch = session.scalars(select(Batch)).one()
        actions = session.scalars(select(AuditEvent.action)).all()
    assert [room.store.read(row.object_key or "") for row in rows] == [data for _, data in found]
    assert (batch.station_id, batch.idempotency_key, batch.state) == (place.station_id, KEY, "processing")
    assert actions.count("batch.bag_imported") == 1
    assert not list(room.store.list("incoming/"))


def test_a_second_import_stores_nothing_twice(room: UploadRoom, place: Place, tmp_path: Path) -> None:
    bag = write_folder(tmp_path / "bag", bag_files(scans()))
    first = take(room, bag)
    before = {one.key for one in room.store.list()}
    again = take(room, bag)
    assert (again.batch_id, again.new, again.stored) == (first.batch_id, False, [])
    assert again.held == ["1.png", "2.png", "3.png"]
    assert {one.key for one in room.store.list()} == before
    assert counted(room.database)["processing_run"] == 3


def test_a_bag_finishes_what_the_line_left(room: UploadRoom, place: Place, api: Api, tmp_path: Path) -> None:
    found = scans()
    files = bag_files(found)
    manifest = json.loads(files["huji-manifest.json"])
    for key in ("station", "idempotency_key"):
        del manifest[key]
    batch = api.post("/api/v1/ingest/batches", json=manifest, headers={"Idempotency-Key": KEY}).json()
    assert api.upload(batch["id"], 1, found[0][1]).json()["state"] == "complete"
    torn = api.post(f"/api/v1/ingest/batches/{batch['id']}/files/2/upload").json()
    api.put_parts(torn, bytes(len(found[1][1])))
    report = take(room, write_folder(tmp_path / "bag", files))
    assert str(report.batch_id) == batch["id"]
    assert (report.new, report.held, report.stored) == (False, ["1.png"], ["2.png", "3.png"])
    assert counted(room.database) == {"batch": 1, "batch_file": 3, "batch_page": 3, "processing_run": 3}
    on_the_line = api.upload(batch["id"], 3, found[2][1])
    assert on_the_line.json()["code"] == "file_finished"


def test_the_line_goes_on_behind_a_bag(room: UploadRoom, place: Place, api: Api, tmp_path: Path) -> None:
    found = scans(2)
    report = take(room, write_folder(tmp_path / "bag", bag_files(found)))
    path = tmp_path / "2.png"
    path.write_bytes(found[1][1])
    with StationApi("http://testserver", place.key, transport=api._transport) as line:
        assert upload_file(line, str(report.batch_id), 2, path, lambda count: None) == "stored"


def test_a_file_that_is_no_image_is_refused_and_the_rest_goes_on(
    room: UploadRoom, place: Place, tmp_path: Path
) -> None:
    found = [("1.png", b"no image at all"), ("2.png", b""), *scans(1)[:0], ("3.png", scans(3)[2][1])]
    report = take(room, write_folder(tmp_path / "bag", bag_files(found)))
    assert report.stored == ["3.png"]
    assert [name for name, _ in report.refused] == ["1.png", "2.png"]
    assert all(reason["zh"] and reason["en"] for _, reason in report.refused)


def test_a_bag_that_is_not_sound_leaves_no_trace(room: UploadRoom, place: Place, tmp_path: Path) -> None:
    files = bag_files(scans())
    files["data/0002_2.png"] = b"changed on the way"
    bag = write_folder(tmp_path / "bag", retagged(files))
    with pytest.raises(Invalid) as refused:
        take(room, bag)
    assert refused.value.code == "bag_defects"
    assert {one["code"] for one in refused.value.details["defects"]} == {"oxum", "differs"}
    assert counted(room.database)["batch"] == 0
    assert not list(room.store.list())


def test_defects_of_the_batch_are_told_as_on_the_line(room: UploadRoom, place: Place, tmp_path: Path) -> None:
    bag = write_folder(tmp_path / "bag", bag_files(scans(1), volume="無此冊"))
    with pytest.raises(Invalid) as refused:
        take(room, bag)
    assert [one["code"] for one in refused.value.details["defects"]] == ["unknown_volume"]


def test_a_bag_is_its_own_station_s(room: UploadRoom, place: Place, tmp_path: Path) -> None:
    make_place(room.database, code="B02", volume="甲-1")
    bag = write_folder(tmp_path / "bag", bag_files(scans(1)))
    with pytest.raises(Invalid) as refused:
        take(room, bag, "B02-S1")
    assert [one["code"] for one in refused.value.details["defects"]] == ["other_station"]
    with pytest.raises(NotFound):
        take(room, bag, "nobody")
    with room.database.writing() as session:
        session.get_one(Station, place.station_id).withdrawn_at = AT
    with pytest.raises(Conflict):
        take(room, bag)


def test_the_key_of_another_batch_is_a_conflict(room: UploadRoom, place: Place, tmp_path: Path) -> None:
    take(room, write_folder(tmp_path / "one", bag_files(scans(1))))
    with pytest.raises(Conflict):
        take(room, write_folder(tmp_path / "two", bag_files([("9.png", b"other")])))


def test_progress_tells_of_every_byte(room: UploadRoom, place: Place, tmp_path: Path) -> None:
    found, watch = scans(), Silent()
    size = sum(len(data) for _, data in found)
    source = open_source(write_folder(tmp_path / "bag", bag_files(found)))
    import_bag(room, source, actor=SYSTEM, station_code="A01-S1", now=now, watch=watch)
    assert watch.told == watch.totals == {"check": size, "store": size}


@pytest.mark.parametrize("kind", ["sqlite and files", "postgresql and s3"])
def test_an_import_killed_at_any_point_goes_on(
    kind: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    found = scans()
    config = _configure(kind, tmp_path, request)
    write_folder(Path(config["bag"]), bag_files(found))
    store, _ = open_stores(config)
    with opened(config["database"]) as database:
        make_place(database)
        for point in POINTS:
            (tmp_path / "kills" / point).touch()
        with running_module("tests.ingest.bags.import_process", tmp_path / "config.json"):
            _wait_for(Path(config["done"]))
        assert exit_statuses(tmp_path / "deaths") == [-9] * len(POINTS)
        assert counted(database) == {"batch": 1, "batch_file": 3, "batch_page": 3, "processing_run": 3}
        with database.reading() as session:
            rows = session.scalars(select(BatchFile).order_by(BatchFile.ordinal)).all()
            uploads = session.scalars(select(Upload.state)).all()
    assert [row.state for row in rows] == ["stored"] * 3
    assert [store.read(row.object_key or "") for row in rows] == [data for _, data in found]
    assert sorted(uploads) == ["complete"] * 3
    _check_whole(found, {one.key for one in store.list("sha256/")})


def _check_whole(found: Sequence[tuple[str, bytes]], keys: set[str]) -> None:
    assert len(keys) == len(found)


def _configure(kind: str, folder: Path, request: pytest.FixtureRequest) -> dict[str, Any]:
    (folder / "kills").mkdir()
    config = {name: str(folder / name) for name in ("kills", "deaths", "done", "bag")}
    if kind == "sqlite and files":
        config |= {"database": request.getfixturevalue("sqlite_url"), "files": str(folder / "objects")}
    else:
        connection = request.getfixturevalue("seaweed").bucket(f"b-{uuid.uuid4().hex[:20]}")
        S3ObjectStore(connection).ensure_bucket()
        config |= {"database": request.getfixturevalue("postgres_url"), "s3": json.dumps(asdict(connection))}
    (folder / "config.json").write_text(json.dumps(config))
    return config


def _wait_for(path: Path, seconds: float = 90.0) -> None:
    until = time.monotonic() + seconds
    while not path.exists():
        assert time.monotonic() < until, "the import did not end"
        time.sleep(0.1)
