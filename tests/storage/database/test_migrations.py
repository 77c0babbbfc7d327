"""The migrations make the schema that the tables declare, on both engines, forwards and back."""

import subprocess
import sys
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import inspect, text

from migrations.redraw import draw, drawn_before
from migrations.schema import ENGINE_SPECIFIC, belongs_to_both, load_schema
from storage.database.engine import make_engine
from storage.database.migrate import alembic_config, is_current, migrate
from storage.database.session import Database
from tests.services.postgres import PostgresServer


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A database without any table, on each engine."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'empty.sqlite3'}"
    server: PostgresServer = request.getfixturevalue("postgres")
    server.drop_database("empty")
    return server.create_database("empty")


def _tables(url: str) -> set[str]:
    engine = make_engine(url)
    found = set(inspect(engine).get_table_names())
    engine.dispose()
    return found


def test_the_migrated_schema_is_the_declared_one(database: Database) -> None:
    options = {"compare_type": True, "include_object": belongs_to_both}
    with database.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts=options)
        assert compare_metadata(context, load_schema()) == []


def test_the_first_migrations_stand_as_they_are_drawn() -> None:
    """Nobody edits one by hand: until the first release they are redrawn in place."""
    assert drawn_before() == draw()


def test_a_migrated_database_is_current_and_an_empty_one_is_not(empty_url: str) -> None:
    assert not is_current(empty_url)
    migrate(empty_url)
    assert is_current(empty_url)
    migrate(empty_url)
    assert {"office", "volume", "page", "batch", "outbox"} <= _tables(empty_url)


def test_the_way_back_leads_to_nothing(empty_url: str) -> None:
    migrate(empty_url)
    command.downgrade(alembic_config(empty_url), "base")
    assert _tables(empty_url) == {"alembic_version"}


def test_processes_that_start_together_migrate_once(empty_url: str) -> None:
    code = f"from storage.database.migrate import migrate; migrate({empty_url!r})"
    starting = [subprocess.Popen([sys.executable, "-c", code], stderr=subprocess.PIPE) for _ in range(2)]
    assert [process.communicate(timeout=60)[1].decode() for process in starting] == ["", ""]
    assert is_current(empty_url)


def test_every_constraint_and_index_has_a_name(database: Database) -> None:
    inspector = inspect(database.engine)
    for table in inspector.get_table_names():
        if table == "alembic_version" or table.startswith(ENGINE_SPECIFIC):
            continue
        assert inspector.get_pk_constraint(table)["name"], table
        for key in inspector.get_foreign_keys(table) + inspector.get_unique_constraints(table):
            assert key["name"], table


def test_moments_are_kept_with_their_zone(postgres_database: Database) -> None:
    with postgres_database.reading() as session:
        naive = session.execute(
            text(
                "SELECT table_name, column_name FROM information_schema.columns"
                " WHERE table_schema = 'public' AND data_type = 'timestamp without time zone'"
            )
        ).all()
    assert naive == []


def test_each_engine_has_its_own_index_over_search_tokens(database: Database) -> None:
    with database.writing() as session:
        if database.dialect == "postgresql":
            made = session.execute(
                text("SELECT indexdef FROM pg_indexes WHERE indexname = 'ix_search_text_tokens'")
            )
            assert "USING gin (tokens)" in made.scalar_one()
            return
        words = [{"id": 1, "words": "xe9bb83 xe6988e"}, {"id": 2, "words": "xe9bb83"}]
        session.execute(text("INSERT INTO search_text_words(rowid, words) VALUES (:id, :words)"), words)
        found = "SELECT rowid FROM search_text_words WHERE search_text_words MATCH :words"
        assert session.scalars(text(found), {"words": "xe6988e AND xe9bb83"}).all() == [1]
        assert sorted(session.scalars(text(found), {"words": "xe9bb83"})) == [1, 2]


def test_a_migration_without_an_address_says_what_to_give(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("HUJI_DATABASE_URL", raising=False)
    config = alembic_config("")
    with pytest.raises(SystemExit, match="HUJI_DATABASE_URL"):
        command.upgrade(config, "head")
