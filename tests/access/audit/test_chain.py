"""Events are sealed into a chain that shows every later change."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import delete, select, update

from access.audit.operations.record_event import record_event
from access.audit.operations.seal_events import LEASE, seal_events
from access.audit.operations.verify_chain import verify_chain
from access.audit.tables import AuditEvent, AuditSealer, AuditSecret
from access.principal import SYSTEM
from storage.database.session import Database
from tests.access.people import NOON

EVENTS = 7


@pytest.fixture
def sealed(database: Database) -> Database:
    """A database with EVENTS sealed events and one unsealed."""
    for number in range(EVENTS + 1):
        with database.writing() as session:
            record_event(
                session,
                actor=SYSTEM,
                action="test.happened",
                subject_kind="test",
                subject_id=str(number),
                facts={"number": number},
                personal={"name": "陳氏阿妹"},
                at=NOON + timedelta(seconds=number),
            )
        if number < EVENTS:
            with database.writing() as session:
                assert seal_events(session, holder="one", at=NOON) == 1
    return database


def test_an_untouched_chain_is_intact_and_the_tail_is_reported(sealed: Database) -> None:
    with sealed.reading() as session:
        report = verify_chain(session)
    assert report.intact
    assert (report.sealed, report.unsealed) == (EVENTS, 1)


@pytest.mark.parametrize("column", ["action", "subject_id", "occurred_at", "chain_hash", "actor_kind"])
def test_a_changed_event_breaks_the_chain_where_it_stands(sealed: Database, column: str) -> None:
    changed = {
        "action": "x",
        "subject_id": "x",
        "occurred_at": NOON - timedelta(days=1),
        "chain_hash": "0" * 64,
        "actor_kind": "account",
    }
    with sealed.writing() as session:
        session.execute(update(AuditEvent).where(AuditEvent.position == 3).values({column: changed[column]}))
    with sealed.reading() as session:
        assert verify_chain(session).broken_at == 3


@pytest.mark.parametrize("position", [1, 4, EVENTS])
def test_a_removed_event_breaks_the_chain(sealed: Database, position: int) -> None:
    with sealed.writing() as session:
        event = session.scalars(select(AuditEvent).where(AuditEvent.position == position)).one()
        session.execute(delete(AuditSecret).where(AuditSecret.event_id == event.id))
        session.delete(event)
    with sealed.reading() as session:
        assert verify_chain(session).broken_at == position


def test_personal_data_is_hashed_only_as_a_commitment_and_may_be_destroyed(sealed: Database) -> None:
    with sealed.writing() as session:
        events = session.scalars(select(AuditEvent)).all()
        assert all("陳氏阿妹" not in str(event.facts) for event in events)
        assert all(event.facts["name"].startswith("sha256:") for event in events)
        assert len({event.facts["name"] for event in events}) == EVENTS + 1
        session.execute(delete(AuditSecret))
    with sealed.reading() as session:
        assert verify_chain(session).intact


def test_a_changed_personal_value_is_noticed(sealed: Database) -> None:
    with sealed.writing() as session:
        first = session.scalars(select(AuditSecret)).first()
        assert first is not None
        first.value = "陳氏阿花"
    with sealed.reading() as session:
        report = verify_chain(session)
    assert not report.intact
    assert report.commitments_broken == 1


def test_a_second_sealer_waits_for_the_lease(sealed: Database) -> None:
    with sealed.writing() as session:
        assert seal_events(session, holder="two", at=NOON) == 0
    with sealed.writing() as session:
        assert seal_events(session, holder="two", at=NOON + LEASE + timedelta(seconds=1)) == 1
    with sealed.reading() as session:
        assert verify_chain(session).intact


def test_two_first_sealers_race_and_no_event_is_chained_twice(database: Database) -> None:
    for number in range(EVENTS):
        with database.writing() as session:
            record_event(
                session,
                actor=SYSTEM,
                action="test.happened",
                subject_kind="test",
                subject_id=str(number),
                facts={},
                at=NOON,
            )
    together = threading.Barrier(3)

    def seal(holder: str) -> int:
        together.wait()
        with database.writing() as session:
            return seal_events(session, holder=holder, at=NOON)

    with ThreadPoolExecutor(3) as pool:
        sealed_by = list(pool.map(seal, ["one", "one", "two"]))
    assert sum(sealed_by) == EVENTS
    with database.reading() as session:
        assert (verify_chain(session).intact, verify_chain(session).sealed) == (True, EVENTS)


def test_a_sealer_that_waited_goes_on_from_where_the_other_stopped(sealed: Database) -> None:
    with sealed.writing() as session:
        kept = session.get_one(AuditSealer, 1)
        session.execute(
            update(AuditSealer)
            .values(head_position=EVENTS, head_hash="f" * 64)
            .execution_options(synchronize_session=False)
        )
        assert seal_events(session, holder="one", at=NOON) == 1
        last = session.scalars(select(AuditEvent).where(AuditEvent.position == EVENTS + 1)).one()
        assert (last.previous_hash, kept.head_position) == ("f" * 64, EVENTS + 1)


def test_an_event_committed_late_is_sealed_behind_those_before_it(sealed: Database) -> None:
    with sealed.writing() as session:
        record_event(
            session,
            actor=SYSTEM,
            action="test.late",
            subject_kind="test",
            subject_id="late",
            facts={},
            at=NOON - timedelta(days=1),
        )
    with sealed.writing() as session:
        assert seal_events(session, holder="one", at=NOON) == 2
    with sealed.reading() as session:
        assert (verify_chain(session).intact, verify_chain(session).sealed) == (True, EVENTS + 2)


def test_a_tail_cut_off_with_the_kept_head_shows_against_an_anchor(sealed: Database) -> None:
    with sealed.reading() as session:
        report = verify_chain(session)
        assert verify_chain(session, (report.sealed, report.head)).intact
    with sealed.writing() as session:
        before = session.scalars(select(AuditEvent).where(AuditEvent.position == EVENTS - 1)).one()
        head = before.chain_hash
        last = session.scalars(select(AuditEvent).where(AuditEvent.position == EVENTS)).one()
        session.execute(delete(AuditSecret).where(AuditSecret.event_id == last.id))
        session.delete(last)
        session.execute(update(AuditSealer).values(head_position=EVENTS - 1, head_hash=head))
    with sealed.reading() as session:
        assert verify_chain(session).intact
        assert not verify_chain(session, (report.sealed, report.head)).intact


def test_a_chain_whose_sealer_is_gone_is_not_intact(sealed: Database) -> None:
    with sealed.writing() as session:
        session.execute(delete(AuditSealer))
    with sealed.reading() as session:
        assert not verify_chain(session).intact
