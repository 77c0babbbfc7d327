"""Open the change set in which a request's work is staged."""

import uuid
from datetime import datetime

from sqlalchemy.orm import Session

from index_service.changesets.queries import change_set_of
from index_service.changesets.tables import ChangeSet


def open_change_set(
    session: Session,
    *,
    request_id: uuid.UUID,
    office_id: uuid.UUID,
    at: datetime,
    reverses_edition: int | None = None,
) -> ChangeSet:
    """Return the request's change set, opened now if it has none yet."""
    standing = change_set_of(session, request_id)
    if standing is not None:
        return standing
    change_set = ChangeSet(
        request_id=request_id,
        office_id=office_id,
        state="open",
        reverses_edition=reverses_edition,
        created_at=at,
    )
    session.add(change_set)
    session.flush()
    return change_set
