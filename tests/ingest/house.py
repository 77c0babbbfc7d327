"""A small house for ingest's tests: an office with a station, its key, a volume, and the API in process."""

import hashlib
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from fastapi import FastAPI
from fastapi.testclient import TestClient

from access.http.guard import Guard
from access.keys.operations.issue_key import issue_key
from access.principal import SYSTEM, Principal
from domain.roles import Role
from huji.http.problems import answer_problems
from ingest.batches.routes import make_router as make_batches
from ingest.orders.routes import make_router as make_orders
from ingest.uploads.room import PART_PATH, Inspector, UploadRoom
from ingest.uploads.routes import make_router as make_uploads
from ingest.volumes.routes import make_router as make_volumes
from storage.catalogue.tables import Volume
from storage.database.session import Database
from storage.objects.file_parts import FilePartUploads
from storage.objects.files import FileObjectStore
from storage.objects.ports import ObjectStore, PartUploads
from storage.organisations.tables import Office, Station

AT = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
SERIES = "colonial_register"


def now() -> datetime:
    """This moment, as the composition root would hand it in."""
    return datetime.now(UTC)


@dataclass(frozen=True)
class Place:
    """An office, its station with a key, and a volume; `principal` is the station as the guard finds it."""

    office_id: uuid.UUID
    station_id: uuid.UUID
    volume_id: uuid.UUID
    key: str

    @property
    def principal(self) -> Principal:
        """The station acting by its key."""
        return Principal(
            kind="station",
            name="掃描站",
            roles=frozenset({Role.STATION}),
            office_id=self.office_id,
            station_id=self.station_id,
        )


def make_place(database: Database, code: str = "A01", volume: str = "甲-1") -> Place:
    """Enter an office with a station and a volume."""
    with database.writing() as session:
        office = Office(code=code, name="測試戶政事務所")
        session.add(office)
        session.flush()
        station = Station(office_id=office.id, code=f"{code}-S1", name="掃描站", enrolled_at=AT)
        book = Volume(office_id=office.id, series_key=SERIES, designation=volume, created_at=AT)
        session.add_all([station, book])
        session.flush()
        _, key = issue_key(session, actor=SYSTEM, at=AT, station_id=station.id)
        return Place(office.id, station.id, book.id, key)


@dataclass
class Nudges:
    """Remembers the runs it was told of."""

    runs: list[uuid.UUID] = field(default_factory=list)

    def __call__(self, runs: Sequence[uuid.UUID]) -> None:
        """Take runs newly owed."""
        self.runs += runs


def make_api(room: UploadRoom) -> FastAPI:
    """Compose the stations' API as the composition root does."""
    app = FastAPI()
    guard = Guard(database=room.database, now=now)
    app.include_router(make_batches(guard=guard, database=room.database, now=now, nudge=room.nudge))
    app.include_router(make_uploads(guard=guard, room=room, now=now))
    app.include_router(make_volumes(guard=guard, database=room.database))
    app.include_router(make_orders(guard=guard, database=room.database))
    answer_problems(app, None)
    return app


def make_room(
    database: Database, store: ObjectStore, parts: PartUploads, decoder: Inspector, **more: Any
) -> UploadRoom:
    """Return an upload room on real stores."""
    return UploadRoom(
        database=database,
        store=store,
        parts=parts,
        inspector=decoder,
        nudge=more.pop("nudge", Nudges()),
        **more,
    )


class Api(TestClient):
    """A station's client, with its key."""

    def __init__(self, app: FastAPI, key: str) -> None:
        """Speak to the app in process."""
        super().__init__(app, headers={"Authorization": f"Bearer {key}"}, raise_server_exceptions=True)

    def declare(
        self, files: Sequence[dict[str, Any]], key: str = "k1", volume: str = "甲-1", **more: Any
    ) -> Any:
        """Declare a batch."""
        body = {"volume": volume, "files": list(files), **more}
        return self.post("/api/v1/ingest/batches", json=body, headers={"Idempotency-Key": key})

    def upload(self, batch: str, ordinal: int, data: bytes) -> Any:
        """Upload one file as the station's client does; returns the answer to its completion."""
        begun = self.post(f"/api/v1/ingest/batches/{batch}/files/{ordinal}/upload")
        if begun.status_code != 200:
            return begun
        self.put_parts(begun.json(), data)
        return self.post(f"/api/v1/ingest/uploads/{begun.json()['id']}/complete")

    def put_parts(self, upload: dict[str, Any], data: bytes) -> None:
        """Send what is missing."""
        for part in upload["missing"]:
            body = data[part["offset"] : part["offset"] + part["size"]]
            path = "/api/" + part["url"].partition("/api/")[2]
            answer = self.put(path, content=body)
            assert answer.status_code == 204, answer.text


def declared(name: str, data: bytes, *pages: str | dict[str, Any], **more: Any) -> dict[str, Any]:
    """Describe a file as a manifest does."""
    listed = [{"designation": page} if isinstance(page, str) else page for page in pages]
    digest = hashlib.sha256(data).hexdigest()
    return {"name": name, "sha256": digest, "size": len(data), "pages": listed, **more}


def person(role: Role, office_id: uuid.UUID | None = None) -> Principal:
    """A person with one role."""
    return Principal(
        kind="account", name="某人", roles=frozenset({role}), account_id=uuid.uuid4(), office_id=office_id
    )


def on_our_api(root: Path) -> tuple[FileObjectStore, FilePartUploads]:
    """File stores whose parts come to our own API, as the composition root makes them."""
    store = FileObjectStore(root)
    return store, FilePartUploads(root, store, "http://testserver" + PART_PATH)
