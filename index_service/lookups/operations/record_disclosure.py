"""Step 3 of disclosure: what is about to be shown is on record before it is sent."""

import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from access.audit.operations.record_event import record_event
from access.principal import Principal
from index_service.editions.tables import Hold
from index_service.lookups.tables import Disclosure, Lookup

# Stands among the fields of a disclosure whose picture was uncovered whole.
WHOLE_PAGE = "*"


@dataclass(frozen=True, slots=True)
class Shown:
    """One version or image that will be shown, with the fields or boxes uncovered of it."""

    office_id: uuid.UUID
    entry_id: uuid.UUID | None
    version_id: uuid.UUID | None
    image_id: uuid.UUID | None
    fields: Sequence[str]


def now_held(session: Session, subjects: Collection[uuid.UUID]) -> set[uuid.UUID]:
    """Return which of these entries and images are held by now, in the transaction that discloses.

    A hold that somebody is approving at this moment is waited for, and one approved later waits for the
    disclosure: what was read before a hold came into force is not shown after it.
    """
    holds = session.scalars(
        select(Hold)
        .where(or_(Hold.entry_id.in_(subjects), Hold.image_id.in_(subjects)), Hold.lifted_at.is_(None))
        .order_by(Hold.id)
        .with_for_update(read=True)
        .execution_options(populate_existing=True)
    )
    held = (hold.entry_id or hold.image_id for hold in holds if hold.in_force_from is not None)
    return {subject for subject in held if subject is not None}


def record_disclosure(
    session: Session, *, actor: Principal, lookup_id: uuid.UUID, shown: Sequence[Shown], at: datetime
) -> None:
    """Write one row for each thing shown, mark the look answered, and add the audit event."""
    lookup = session.get_one(Lookup, lookup_id)
    lookup.outcome = "answered"
    lookup.answered_at = at
    session.add_all(
        Disclosure(
            lookup_id=lookup_id,
            office_id=one.office_id,
            entry_id=one.entry_id,
            version_id=one.version_id,
            image_id=one.image_id,
            shown=list(one.fields),
            shown_at=at,
        )
        for one in shown
    )
    record_event(
        session,
        actor=actor,
        action="lookup.disclosed",
        subject_kind="lookup",
        subject_id=str(lookup_id),
        facts={
            "versions": sorted(str(one.version_id) for one in shown if one.version_id),
            "images": sorted(str(one.image_id) for one in shown if one.image_id),
        },
        at=at,
    )


def record_failure(session: Session, *, actor: Principal, lookup_id: uuid.UUID, at: datetime) -> None:
    """Mark a look that could not be answered; nothing was shown."""
    lookup = session.get_one(Lookup, lookup_id)
    lookup.outcome = "failed"
    lookup.answered_at = at
    record_event(
        session,
        actor=actor,
        action="lookup.failed",
        subject_kind="lookup",
        subject_id=str(lookup_id),
        facts={},
        at=at,
    )
