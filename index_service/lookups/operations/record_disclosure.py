"""Step 3 of disclosure: what is about to be shown is on record before it is sent."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from access.audit.operations.record_event import record_event
from access.principal import Principal
from index_service.lookups.tables import Disclosure, Lookup


@dataclass(frozen=True, slots=True)
class Shown:
    """One version or image that will be shown, with the fields or boxes uncovered of it."""

    office_id: uuid.UUID
    entry_id: uuid.UUID | None
    version_id: uuid.UUID | None
    image_id: uuid.UUID | None
    fields: Sequence[str]


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
