"""Events are sealed into a chain that shows every later change."""

from datetime import timedelta

import pytest
from sqlalchemy import delete, select, update

from access.audit.operations.record_event import record_event
from access.audit.operations.seal_events import LEASE, seal_events
from access.audit.operations.verify_chain import verify_chain
from access.audit.tables import AuditEvent, AuditSecret
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
