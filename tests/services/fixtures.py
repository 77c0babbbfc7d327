"""The fixtures that tests ask for by name; servers start when first asked for and end with the session."""

import uuid
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest

from storage.database.session import Database
from storage.objects.file_parts import FilePartUploads
from storage.objects.files import FileObjectStore
from storage.objects.ports import ObjectStore, PartUploads
from storage.objects.s3 import S3ObjectStore, S3PartUploads
from tests.services.databases import (
    fresh_postgres,
    fresh_sqlite,
    migrated_postgres,
    migrated_sqlite,
    opened,
)
from tests.services.kept import Holding, Kept
from tests.services.postgres import PostgresServer, running_postgres
from tests.services.processes import private_folder
from tests.services.redis import RedisServer, running_redis
from tests.services.seaweed import SeaweedServer, running_seaweed

PART_URL = "http://station.test/api/v1/parts/{upload_ref}/{number}"


@dataclass(frozen=True)
class Objects:
    """One kind of object storage, empty: both ports on the same place."""

    kind: str
    store: ObjectStore
    uploads: PartUploads
    bucket: str = ""


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresServer]:
    """A real PostgreSQL server."""
    with private_folder("postgres") as folder, running_postgres(folder) as server:
        yield server


@pytest.fixture(scope="session")
def redis_server() -> Iterator[RedisServer]:
    """A real Redis server."""
    with private_folder("redis") as folder, running_redis(folder) as server:
        yield server


@pytest.fixture(scope="session")
def seaweed() -> Iterator[SeaweedServer]:
    """A real S3 server."""
    with private_folder("seaweed") as folder, running_seaweed(folder) as server:
        yield server


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated SQLite file to copy."""
    return migrated_sqlite(tmp_path_factory.mktemp("template"))


@pytest.fixture(scope="session")
def postgres_template(postgres: PostgresServer) -> str:
    """A migrated PostgreSQL database to copy."""
    return migrated_postgres(postgres)


@pytest.fixture(scope="session")
def sqlite_folder() -> Iterator[Path]:
    """Where the tests keep SQLite files: in memory where there is room, since a commit waits for its disk."""
    with private_folder("sqlite") as folder:
        yield folder


@pytest.fixture
def sqlite_url(sqlite_template: Path, sqlite_folder: Path) -> Iterator[str]:
    """A fresh, migrated SQLite database."""
    with fresh_sqlite(sqlite_template, sqlite_folder) as url:
        yield url


@pytest.fixture
def postgres_url(postgres: PostgresServer, postgres_template: str) -> Iterator[str]:
    """A fresh, migrated PostgreSQL database."""
    with fresh_postgres(postgres, postgres_template) as url:
        yield url


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> str:
    """A fresh, migrated database: the test runs on each engine."""
    name = "sqlite_url" if request.param == "sqlite" else "postgres_url"
    url: str = request.getfixturevalue(name)
    return url


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    """Sessions on a fresh, migrated database: the test runs on each engine."""
    with opened(database_url) as found:
        yield found


@pytest.fixture
def sqlite_database(sqlite_url: str) -> Iterator[Database]:
    """Sessions on a fresh, migrated SQLite database alone."""
    with opened(sqlite_url) as found:
        yield found


@pytest.fixture
def postgres_database(postgres_url: str) -> Iterator[Database]:
    """Sessions on a fresh, migrated PostgreSQL database alone."""
    with opened(postgres_url) as found:
        yield found


@pytest.fixture(scope="session")
def sqlite_kept(sqlite_template: Path, sqlite_folder: Path) -> Iterator[Kept]:
    """SQLite databases in which something stands already."""
    with closing(Kept(str(sqlite_template), lambda name: fresh_sqlite(Path(name), sqlite_folder))) as kept:
        yield kept


@pytest.fixture(scope="session")
def postgres_kept(postgres: PostgresServer, postgres_template: str) -> Iterator[Kept]:
    """PostgreSQL databases in which something stands already."""
    with closing(Kept(postgres_template, lambda name: fresh_postgres(postgres, name))) as kept:
        yield kept


@pytest.fixture(params=["sqlite", "postgresql"])
def holding(request: pytest.FixtureRequest) -> Iterator[Holding]:
    """Databases in which something stands already: the test runs on each engine."""
    kept: Kept = request.getfixturevalue("sqlite_kept" if request.param == "sqlite" else "postgres_kept")
    with kept.holding() as found:
        yield found


@pytest.fixture
def file_objects(tmp_path: Path) -> Objects:
    """An empty file store."""
    store = FileObjectStore(tmp_path / "objects")
    return Objects("files", store, FilePartUploads(tmp_path / "objects", store, PART_URL))


@pytest.fixture
def s3_objects(seaweed: SeaweedServer) -> Objects:
    """An empty bucket on the real S3 server."""
    connection = seaweed.bucket(f"t-{uuid.uuid4().hex[:20]}")
    store = S3ObjectStore(connection)
    store.ensure_bucket()
    return Objects("s3", store, S3PartUploads(connection, store), connection.bucket)


@pytest.fixture(params=["files", "s3"])
def objects(request: pytest.FixtureRequest) -> Objects:
    """Empty object storage: the test runs on each kind."""
    found: Objects = request.getfixturevalue("file_objects" if request.param == "files" else "s3_objects")
    return found


@pytest.fixture
def object_store(objects: Objects) -> ObjectStore:
    """An empty object store: the test runs on each kind."""
    return objects.store


@pytest.fixture
def part_uploads(objects: Objects) -> PartUploads:
    """Part uploads into the same place as `object_store`."""
    return objects.uploads
