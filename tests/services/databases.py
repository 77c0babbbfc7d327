"""Databases for one test each, copied from one that was migrated once."""

import shutil
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Engine
from sqlalchemy.engine import Dialect

from storage.database.engine import make_engine
from storage.database.migrate import migrate
from storage.database.session import Database
from tests.services.postgres import PostgresServer

TEMPLATE = "migrated"

_dialects: dict[str, Dialect] = {}
_compiled: dict[Any, Any] = {}


def migrated_sqlite(folder: Path) -> Path:
    """A SQLite file at the newest migration, closed, so that it can be copied."""
    path = folder / "migrated.sqlite3"
    migrate(f"sqlite:///{path}")
    return path


def migrated_postgres(server: PostgresServer) -> str:
    """The name of a database at the newest migration that nobody is connected to."""
    migrate(server.create_database(TEMPLATE))
    return TEMPLATE


@contextmanager
def fresh_sqlite(template: Path, folder: Path) -> Iterator[str]:
    """The URL of a copy of the template, for one test; the file goes with it."""
    path = folder / f"{uuid.uuid4().hex}.sqlite3"
    shutil.copyfile(template, path)
    yield f"sqlite:///{path}"
    for left in folder.glob(f"{path.name}*"):
        left.unlink()


@contextmanager
def fresh_postgres(server: PostgresServer, template: str) -> Iterator[str]:
    """The URL of a copy of the template, dropped afterwards with whoever is still connected."""
    name = f"t_{uuid.uuid4().hex}"
    yield server.create_database(name, template)
    server.drop_database(name)


@contextmanager
def opened(url: str) -> Iterator[Database]:
    """A Database on the URL, its connections closed at the end."""
    database = Database(_knowing(make_engine(url)))
    try:
        yield database
    finally:
        database.dispose()


def _knowing(engine: Engine) -> Engine:
    """The engine, with the statements that engines of its kind compiled before: half of a short test's time.

    SQLAlchemy keeps a compiled statement by the dialect that it was compiled for, so the first engine's
    dialect, which has met its server, is everybody's.
    """
    name = engine.dialect.name
    if name not in _dialects:
        engine.connect().close()
        _dialects[name] = engine.dialect
    engine.dialect = _dialects[name]
    engine.update_execution_options(compiled_cache=_compiled)
    return engine
