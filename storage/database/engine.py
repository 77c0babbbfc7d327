"""Engines: SQLite and PostgreSQL set up so that the same code keeps the same promises on both."""

import sqlite3
import time
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.engine.interfaces import DBAPIConnection, DBAPICursor
from sqlalchemy.pool import ConnectionPoolEntry

#: How long a SQLite writer waits for the one before it, in milliseconds.
SQLITE_PATIENCE_MS = 30_000

#: Execution option of a connection whose transactions only read.
READ_ONLY = "huji_read_only"


# A failing statement is logged, without what was bound to it: names of people (hide_parameters).


def make_engine(url: str | URL) -> Engine:
    """An engine for `sqlite:///file` or `postgresql+psycopg://…`; raises ValueError for anything else."""
    address = make_url(url)
    backend = address.get_backend_name()
    if backend == "sqlite":
        return _sqlite(address)
    if backend == "postgresql":
        return _postgresql(address.set(drivername="postgresql+psycopg"))
    raise ValueError(f"no such database here: {backend}; use sqlite:///file or postgresql+psycopg://…")


def _postgresql(address: URL) -> Engine:
    """A pooled engine; sessions speak UTC, and no plan is kept that would forget the LIKE indexes."""
    arguments: dict[str, Any] = {
        "prepare_threshold": None,
        "connect_timeout": 5,
        "application_name": "huji",
        "options": "-c timezone=UTC -c lock_timeout=30s -c idle_in_transaction_session_timeout=300s",
    }
    return create_engine(
        address,
        connect_args=arguments,
        pool_size=10,
        max_overflow=20,
        pool_timeout=30,
        pool_pre_ping=True,
        pool_recycle=1800,
        hide_parameters=True,
    )


def _sqlite(address: URL) -> Engine:
    """An engine on a file; transactions are begun by us, since the driver begins late and never IMMEDIATE."""
    if not address.database or address.database == ":memory:" or "mode" in address.query:
        raise ValueError("SQLite needs a file, seen by every process: sqlite:////folder/huji.sqlite3")
    engine = create_engine(
        address,
        connect_args={"check_same_thread": False},
        pool_size=10,
        max_overflow=20,
        hide_parameters=True,
    )
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: DBAPIConnection, _record: ConnectionPoolEntry) -> None:
    connection.isolation_level = None
    cursor = connection.cursor()
    cursor.execute(f"PRAGMA busy_timeout = {SQLITE_PATIENCE_MS}")
    _write_ahead(cursor)
    cursor.execute("PRAGMA synchronous = FULL")
    cursor.execute("PRAGMA foreign_keys = ON")
    cursor.close()


def _write_ahead(cursor: DBAPICursor) -> None:
    """Switch to the write-ahead log.

    While another process switches a new file, SQLite answers at once that it is locked, whatever the busy
    timeout says; so the waiting is done here.
    """
    end = time.monotonic() + SQLITE_PATIENCE_MS / 1000
    switched = False
    while not switched:
        try:
            cursor.execute("PRAGMA journal_mode = WAL")
            switched = True
        except sqlite3.OperationalError:
            if time.monotonic() > end:
                raise
            time.sleep(0.02)


def _begin_sqlite(connection: Connection) -> None:
    """Begin in the mode the connection is for: writers queue at the start, where waiting is safe."""
    read_only = bool(connection.get_execution_options().get(READ_ONLY))
    connection.exec_driver_sql(f"PRAGMA query_only = {'ON' if read_only else 'OFF'}")
    connection.exec_driver_sql("BEGIN" if read_only else "BEGIN IMMEDIATE")
