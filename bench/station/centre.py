"""A real centre to send to: the ingest application over HTTP on a database and a store of its own."""

import hashlib
import socket
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import uvicorn
from sqlalchemy import select

from access.organisations.operations.add_office import add_office
from access.organisations.operations.enrol_station import enrol_station
from access.principal import SYSTEM
from huji.http.apps import make_app
from huji.settings import Settings
from huji.wiring import House, build_house
from index_service.volumes.operations.register_volume import register_volume
from storage.catalogue.tables import Page
from storage.database.migrate import migrate
from storage.intake.tables import Batch, BatchFile, BatchPage


@dataclass(frozen=True)
class Centre:
    """Its address, the station's key, and the house behind it to look into."""

    port: int
    key: str
    house: House

    @property
    def address(self) -> str:
        """Return where it listens."""
        return f"http://127.0.0.1:{self.port}"

    def held(self) -> list[tuple[str, str, str, int]]:
        """Return batch, page, SHA-256 of the bytes in the store, and view of every page that is there."""
        with self.house.database.reading() as session:
            rows = session.execute(
                select(Batch.id, Page.designation, BatchFile.object_key, BatchPage.view)
                .join(BatchFile, BatchFile.batch_id == Batch.id)
                .join(BatchPage, BatchPage.file_id == BatchFile.id)
                .join(Page, Page.id == BatchPage.page_id)
                .where(BatchFile.state == "stored")
            ).all()
        stored = [(str(batch), page, key or "", view) for batch, page, key, view in rows]
        hashes = {key: hashlib.sha256(self.house.store.read(key)).hexdigest() for _, _, key, _ in stored}
        return [(batch, page, hashes[key], view) for batch, page, key, view in stored]


@contextmanager
def running_centre(folder: Path, volumes: Sequence[str], database: str | None = None) -> Iterator[Centre]:
    """Run a centre that knows the volumes; SQLite in the folder unless a migrated database is named."""
    url = database or f"sqlite:///{folder / 'centre.sqlite3'}"
    if database is None:
        migrate(url)
    port = _free_port()
    settings = Settings(
        database_url=url,
        objects=f"files:{folder / 'objects'}",
        redis_url=f"unix://{folder / 'no-redis.sock'}",
        public_url=f"http://127.0.0.1:{port}",
        scratch=folder / "scratch",
    )
    house = build_house(settings)
    key = _enrol(house, volumes)
    server = uvicorn.Server(
        uvicorn.Config(make_app(house, ("ingest",)), host="127.0.0.1", port=port, log_level="critical")
    )
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        time.sleep(0.02)
    try:
        yield Centre(port, key, house)
    finally:
        server.should_exit = True
        thread.join()
        house.database.dispose()


def _enrol(house: House, volumes: Sequence[str]) -> str:
    at = house.now()
    with house.database.writing() as session:
        office = add_office(session, actor=SYSTEM, code="63000070", name="測試戶政事務所", at=at)
        _, key = enrol_station(session, actor=SYSTEM, office=office, code="S-01", name="掃描站", at=at)
        for volume in volumes:
            register_volume(
                session,
                actor=SYSTEM,
                office_id=office.id,
                series_key="colonial_register",
                designation=volume,
                at=at,
            )
    return key


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])
