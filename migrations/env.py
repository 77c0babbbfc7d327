"""Alembic's environment: online on either engine, the address from the caller, `-x url=` or HUJI_DATABASE_URL."""

import os

from alembic import context
from sqlalchemy import Connection, text

from migrations.schema import belongs_to_both, load_schema, render_item
from storage.database.engine import make_engine

#: Any number will do, as long as every migrating process asks for the same lock.
_ADVISORY_LOCK = 4_854_110_573


def _url() -> str:
    chosen = context.config.attributes.get("url") or context.get_x_argument(as_dictionary=True).get("url")
    found = chosen or os.environ.get("HUJI_DATABASE_URL")
    if not found:
        raise SystemExit("which database? give -x url=… or set HUJI_DATABASE_URL")
    return str(found)


def _lock(connection: Connection) -> None:
    """Let one process migrate at a time; a SQLite writer is alone anyway."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _ADVISORY_LOCK})


def _check_references(connection: Connection) -> None:
    """SQLite rebuilds tables with references unchecked, so check them all before the commit."""
    if connection.dialect.name == "sqlite" and connection.execute(text("PRAGMA foreign_key_check")).first():
        raise RuntimeError("the migration leaves rows that refer to nothing; it was rolled back")


def _run() -> None:
    engine = make_engine(_url())
    try:
        with engine.connect() as connection:
            if connection.dialect.name == "sqlite":
                connection.connection.driver_connection.execute("PRAGMA foreign_keys = OFF")  # type: ignore[union-attr] # there is one while connected
            with connection.begin():
                _lock(connection)
                context.configure(
                    connection=connection,
                    target_metadata=load_schema(),
                    render_as_batch=context.config.attributes.get(
                        "batch", connection.dialect.name == "sqlite"
                    ),
                    render_item=render_item,
                    transactional_ddl=True,
                    compare_type=True,
                    include_object=context.config.attributes.get("include", belongs_to_both),
                )
                context.run_migrations()
                _check_references(connection)
    finally:
        engine.dispose()


_run()
