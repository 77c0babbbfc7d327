"""The composition root: settings in, the house's parts out."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from access.http.guard import Guard
from huji.series.read_site_series import adopt_site_series
from huji.settings import Settings
from ingest.uploads.room import PART_PATH
from storage.database.engine import make_engine
from storage.database.session import Database
from storage.objects.file_parts import FilePartUploads
from storage.objects.files import FileObjectStore
from storage.objects.ports import ObjectStore, PartUploads
from storage.objects.s3_connection import S3Connection


@dataclass(frozen=True, slots=True)
class House:
    """Every part that the applications, workers and commands are built from."""

    settings: Settings
    database: Database
    store: ObjectStore
    parts: PartUploads
    guard: Guard
    now: Callable[[], datetime]


def utc_now() -> datetime:
    """Return this moment; the one clock that edges hand to operations as `at=`."""
    return datetime.now(UTC)


def build_house(settings: Settings, now: Callable[[], datetime] = utc_now) -> House:
    """Connect the parts that the settings name.

    Raises:
        ValueError: a setting names no database or store we know, or a series of the site's own is wrong.
    """
    adopt_site_series(settings.series_dir)
    database = Database(make_engine(settings.database_url))
    store, parts = _objects(settings)
    guard = Guard(database=database, now=now, public_url=settings.public_url)
    return House(settings, database, store, parts, guard, now)


def _objects(settings: Settings) -> tuple[ObjectStore, PartUploads]:
    kind, _, where = settings.objects.partition(":")
    if kind == "files" and where:
        root = Path(where)
        files = FileObjectStore(root)
        return files, FilePartUploads(root, files, settings.public_url.rstrip("/") + PART_PATH)
    if kind == "s3" and "/" in where:
        return _s3_objects(_connection(settings, where))
    raise ValueError(
        f"HUJI_OBJECTS is {settings.objects!r}; write files:PATH or s3:http://HOST:PORT/BUCKET instead"
    )


def _s3_objects(connection: S3Connection) -> tuple[ObjectStore, PartUploads]:
    # The S3 client is a fifth of a second and 15 MiB that a house on files never uses.
    from storage.objects.s3 import S3ObjectStore, S3PartUploads

    objects = S3ObjectStore(connection)
    return objects, S3PartUploads(connection, objects)


def _connection(settings: Settings, where: str) -> S3Connection:
    endpoint, _, bucket = where.rpartition("/")
    return S3Connection(
        endpoint=endpoint,
        bucket=bucket,
        access_key=settings.s3_access_key.get_secret_value(),
        secret_key=settings.s3_secret_key.get_secret_value(),
        public_endpoint=settings.s3_public_endpoint or None,
    )
