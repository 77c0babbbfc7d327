"""Seal committed events into the hash chain; one leased sealer at a time."""

from contextlib import suppress
from datetime import datetime, timedelta

from sqlalchemy import or_, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from access.audit.canonical_event import canonical_event
from access.audit.chain import GENESIS, link
from access.audit.tables import AuditEvent, AuditSealer
from storage.database.locking import lock_row

LEASE = timedelta(seconds=10)


def seal_events(session: Session, *, holder: str, at: datetime, limit: int = 1000) -> int:
    """Chain up to `limit` committed events in order of occurrence, and return how many.

    `at` is the database's clock. A sealer that does not get the lease seals nothing and returns 0.
    """
    if not _take_lease(session, holder, at):
        return 0
    # Read anew under the lock: the row seen before may be older than the sealer we waited for.
    sealer = lock_row(session, AuditSealer, 1)
    events = session.scalars(
        select(AuditEvent)
        .where(AuditEvent.position.is_(None))
        .order_by(AuditEvent.occurred_at, AuditEvent.id)
        .limit(limit)
    ).all()
    for event in events:
        _append(sealer, event, at)
    return len(events)


def _take_lease(session: Session, holder: str, at: datetime) -> bool:
    if session.get(AuditSealer, 1) is None:
        _create_sealer(session)
    taken = session.execute(
        update(AuditSealer)
        .where(
            AuditSealer.id == 1,
            or_(
                AuditSealer.holder.is_(None),
                AuditSealer.holder == holder,
                AuditSealer.lease_until < at,
            ),
        )
        .values(holder=holder, lease_until=at + LEASE)
        .execution_options(synchronize_session="fetch")
    )
    return taken.rowcount == 1  # type: ignore[attr-defined, no-any-return] # an UPDATE's result is a CursorResult


def _create_sealer(session: Session) -> None:
    """Begin the chain; of two first sealers one does."""
    with suppress(IntegrityError), session.begin_nested():
        session.add(AuditSealer(id=1, head_position=0, head_hash=GENESIS))


def _append(sealer: AuditSealer, event: AuditEvent, at: datetime) -> None:
    position = sealer.head_position + 1
    event.position = position
    event.previous_hash = sealer.head_hash
    event.chain_hash = link(sealer.head_hash, position, canonical_event(event))
    event.sealed_at = at
    sealer.head_position, sealer.head_hash = position, event.chain_hash
