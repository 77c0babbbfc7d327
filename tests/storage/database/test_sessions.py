"""Transactions on both engines: snapshots, roll back, read-only readers, writers in turn, callbacks."""

import threading
import time
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError, IntegrityError

from storage.database.clock import database_now
from storage.database.engine import make_engine
from storage.database.identity import new_id
from storage.database.locking import RowMissing, lock_row
from storage.database.session import Database, after_commit
from storage.organisations.tables import Office
from tests.services.postgres import PostgresServer


def _office(code: str = "A01") -> Office:
    return Office(code=code, name="測試戶政事務所")


def test_a_block_that_ends_is_committed(database: Database) -> None:
    with database.writing() as session:
        session.add(_office())
    with database.reading() as session:
        assert session.scalars(select(Office.code)).all() == ["A01"]


def test_a_block_that_raises_is_rolled_back_and_calls_nobody(database: Database) -> None:
    called: list[str] = []

    def work() -> None:
        with database.writing() as session:
            session.add(_office())
            session.flush()
            after_commit(session, lambda: called.append("no"))
            raise RuntimeError("midway")

    with pytest.raises(RuntimeError, match="midway"):
        work()
    with database.reading() as session:
        assert session.scalars(select(Office)).all() == []
    assert called == []


def test_callbacks_run_after_the_commit_in_order_and_once(database: Database) -> None:
    seen: list[tuple[int, int]] = []

    def look(number: int) -> None:
        with database.writing() as inner:
            seen.append((number, len(inner.scalars(select(Office)).all())))

    with database.writing() as session:
        session.add(_office())
        after_commit(session, lambda: look(1))
        after_commit(session, lambda: look(2))
        assert seen == []
    assert seen == [(1, 1), (2, 1)]


def test_a_failing_callback_loses_nothing(database: Database, caplog: pytest.LogCaptureFixture) -> None:
    called: list[int] = []
    with database.writing() as session:
        session.add(_office())
        after_commit(session, lambda: 1 // 0)
        after_commit(session, lambda: called.append(1))
    assert called == [1]
    assert "callback after commit failed" in caplog.text
    with database.reading() as session:
        assert len(session.scalars(select(Office)).all()) == 1


def test_a_reader_cannot_write(database: Database) -> None:
    with database.reading() as session, pytest.raises(DBAPIError, match=r"(?i)read.?only"):
        session.execute(text("DELETE FROM office"))
    with database.writing() as session:
        session.add(_office())


def test_a_reader_sees_one_moment(database: Database) -> None:
    with database.reading() as reader:
        assert reader.scalars(select(Office)).all() == []
        with database.writing() as writer:
            writer.add(_office())
        assert reader.scalars(select(Office)).all() == []
    with database.reading() as reader:
        assert len(reader.scalars(select(Office)).all()) == 1


def test_references_are_enforced(database: Database) -> None:
    statement = text(
        "INSERT INTO volume (id, office_id, series_key, designation, title, place, period_from, period_to,"
        " created_at) VALUES (:id, :office, 's', 'd', '', '', '', '', :now)"
    )
    values = {"id": new_id().hex, "office": new_id().hex, "now": "2026-01-01T00:00:00.000000+00:00"}
    with pytest.raises(IntegrityError), database.writing() as session:
        session.execute(statement, values)


def test_writers_who_lock_a_row_take_turns(database: Database) -> None:
    with database.writing() as session:
        office = _office()
        office.name = "0"
        session.add(office)
        office_id = office.id = new_id()

    def count_up() -> None:
        for _ in range(5):
            with database.writing() as session:
                row = lock_row(session, Office, office_id)
                value = int(row.name)
                time.sleep(0.002)
                row.name = str(value + 1)

    threads = [threading.Thread(target=count_up) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with database.reading() as session:
        assert session.scalars(select(Office.name)).one() == "40"


def test_locking_reads_the_row_anew(database: Database) -> None:
    with database.writing() as session:
        office = _office()
        office.id = new_id()
        session.add(office)
    if database.dialect == "postgresql":
        with database.writing() as session:
            stale = session.scalars(select(Office)).one()
            with database.writing() as other:
                lock_row(other, Office, stale.id).name = "改"
            assert lock_row(session, Office, stale.id).name == "改"
    with database.writing() as session, pytest.raises(RowMissing):
        lock_row(session, Office, new_id())


def test_readers_do_not_wait_for_a_writer(database: Database) -> None:
    with database.writing() as writer:
        writer.add(_office())
        writer.flush()
        began = time.monotonic()
        with database.reading() as reader:
            assert reader.scalars(select(Office)).all() == []
        assert time.monotonic() - began < 2


def test_the_clock_is_the_same_type_everywhere_and_moves_within_a_transaction(database: Database) -> None:
    with database.writing() as session:
        first = database_now(session)
        time.sleep(0.02)
        second = database_now(session)
    assert first.tzinfo is UTC
    assert timedelta(milliseconds=10) < second - first < timedelta(seconds=5)
    assert abs(datetime.now(UTC) - second) < timedelta(seconds=5)


def test_sqlite_keeps_what_it_acknowledged(sqlite_database: Database) -> None:
    with sqlite_database.writing() as session:
        settings = {
            name: session.execute(text(f"PRAGMA {name}")).scalar_one()
            for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        }
    assert settings == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "busy_timeout": 30_000}


def test_a_sqlite_writer_has_the_lock_from_its_start(sqlite_database: Database) -> None:
    order: list[str] = []
    started = threading.Event()

    def second() -> None:
        started.set()
        with sqlite_database.writing():
            order.append("second in")

    with sqlite_database.writing():
        thread = threading.Thread(target=second)
        thread.start()
        started.wait()
        time.sleep(0.1)
        order.append("first out")
    thread.join()
    assert order == ["first out", "second in"]


def test_postgresql_speaks_utc_and_prepares_nothing(postgres_database: Database) -> None:
    with postgres_database.reading() as session:
        assert session.execute(text("SHOW timezone")).scalar_one() == "UTC"
        assert session.execute(text("SHOW transaction_isolation")).scalar_one() == "repeatable read"
        for _ in range(8):
            session.scalars(select(Office).where(Office.code.like("A%"))).all()
        assert session.execute(text("SELECT count(*) FROM pg_prepared_statements")).scalar_one() == 0


def test_a_password_opens_the_loopback_port_and_nothing_else_does(postgres: PostgresServer) -> None:
    engine = make_engine(postgres.tcp_url("postgres"))
    with engine.connect() as connection:
        assert connection.execute(text("SELECT 1")).scalar_one() == 1
    engine.dispose()
    wrong = make_engine(postgres.tcp_url("postgres").replace(postgres.password, "wrong"))
    with pytest.raises(DBAPIError, match="password"):
        wrong.connect()
    wrong.dispose()


@pytest.mark.parametrize("url", ["mysql://x/y", "sqlite://", "sqlite:///:memory:", "sqlite:///x?mode=memory"])
def test_a_database_that_cannot_serve_is_refused(url: str) -> None:
    with pytest.raises(ValueError, match="sqlite:///"):
        make_engine(url)


def test_what_was_bound_to_a_failing_statement_is_not_told(database: Database) -> None:
    with database.reading() as session, pytest.raises(DBAPIError) as failed:
        session.execute(text("SELECT nothing FROM nowhere WHERE name = :name"), {"name": "陳大文"})
    assert "nowhere" in str(failed.value)
    assert "陳大文" not in str(failed.value)
