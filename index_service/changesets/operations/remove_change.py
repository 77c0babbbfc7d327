"""Take a change out of a set."""

import uuid
from datetime import datetime

from sqlalchemy.orm import Session

from access.audit.operations.record_event import record_event
from access.principal import Principal
from index_service.changesets.operations.edit_proposal import require_unmoved
from index_service.changesets.operations.require_editable import find_editable_change


def remove_change(
    session: Session, *, actor: Principal, change_id: uuid.UUID, row_version: int, at: datetime
) -> None:
    """Take a change out of its set; the versions it staged stay, unpublished, and the removal is on record.

    Raises:
        Stale: somebody changed it meanwhile.
        Conflict: it may not be worked on now.
    """
    _, change = find_editable_change(session, change_id, actor=actor)
    require_unmoved(change, row_version)
    record_event(
        session,
        actor=actor,
        action="change.remove",
        subject_kind="change",
        subject_id=str(change.id),
        facts={
            "change_set": str(change.change_set_id),
            "subject": change.subject,
            "action": change.action,
            "version": str(change.new_version_id or ""),
            "image": str(change.new_image_id or ""),
        },
        at=at,
    )
    session.delete(change)
    session.flush()
