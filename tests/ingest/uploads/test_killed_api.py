"""The API killed by SIGKILL at each point of completion: the client goes on, nothing is lost or doubled."""

import json
import uuid
from dataclasses import asdict
from pathlib import Path

import pytest
from sqlalchemy import func, select

from ingest.station.api import StationApi
from ingest.station.patience import Patience
from ingest.station.upload_directory import upload_directory
from storage.database.session import Database
from storage.intake.tables import Batch, BatchFile, BatchPage, ProcessingRun, Upload
from storage.objects.ports import ObjectStore
from storage.objects.s3 import S3ObjectStore
from tests.imaging.drawn_files import picture, saved
from tests.ingest.house import make_place
from tests.ingest.kept_alive import exit_statuses, running_module
from tests.ingest.uploads.api_process import open_stores
from tests.services.databases import opened
from tests.services.processes import free_ports

POINTS = ("joined", "verified", "inspected", "copied", "committed", "cleaned")


@pytest.mark.parametrize("kind", ["sqlite and files", "postgresql and s3"])
def test_nothing_acknowledged_is_lost_and_nothing_is_stored_twice(
    kind: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    config = _configure(kind, tmp_path, request)
    store, _ = open_stores(config)
    with opened(config["database"]) as database:
        place = make_place(database)
        scans = _draw(tmp_path / "scans")
        for point in POINTS:
            (tmp_path / "kills" / point).touch()
        with running_module("tests.ingest.uploads.api_process", tmp_path / "config.json"):
            api = StationApi(
                f"http://127.0.0.1:{config['port']}", place.key, patience=Patience(total=60, longest=0.5)
            )
            with api:
                report = upload_directory(api, scans, volume="甲-1")
        assert exit_statuses(tmp_path / "deaths") == [-9] * len(POINTS)
        assert len(report.stored) == 3
        assert (report.refused, report.skipped) == ((), ("notes.txt",))
        _check_rows(database)
        _check_objects(store, scans)


def _configure(kind: str, folder: Path, request: pytest.FixtureRequest) -> dict[str, str]:
    (folder / "kills").mkdir()
    config = {"port": str(free_ports(1)[0]), "kills": str(folder / "kills"), "deaths": str(folder / "deaths")}
    if kind == "sqlite and files":
        config |= {"database": request.getfixturevalue("sqlite_url"), "files": str(folder / "objects")}
    else:
        connection = request.getfixturevalue("seaweed").bucket(f"k-{uuid.uuid4().hex[:20]}")
        S3ObjectStore(connection).ensure_bucket()
        config |= {"database": request.getfixturevalue("postgres_url"), "s3": json.dumps(asdict(connection))}
    (folder / "config.json").write_text(json.dumps(config))
    return config


def _draw(folder: Path) -> Path:
    folder.mkdir()
    for number in (1, 2, 10):
        (folder / f"{number}.png").write_bytes(saved(picture(80, 60, seed=number), "PNG"))
    (folder / "notes.txt").write_text("no scan")
    return folder


def _check_rows(database: Database) -> None:
    with database.reading() as session:
        counts = {
            table.__tablename__: session.scalar(select(func.count()).select_from(table))
            for table in (Batch, BatchFile, BatchPage, ProcessingRun, Upload)
        }
        files = session.scalars(select(BatchFile).order_by(BatchFile.ordinal)).all()
    assert counts == {"batch": 1, "batch_file": 3, "batch_page": 3, "processing_run": 3, "upload": 3}
    assert [(file.name, file.state) for file in files] == [
        ("1.png", "stored"),
        ("2.png", "stored"),
        ("10.png", "stored"),
    ]


def _check_objects(store: ObjectStore, scans: Path) -> None:
    """Each master is there whole, once; what was incoming is gone."""
    masters = {path.read_bytes() for path in scans.glob("*.png")}
    stored = [store.read(found.key) for found in store.list()]
    assert len(stored) == len(masters)
    assert set(stored) == masters
