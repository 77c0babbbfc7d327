"""Stage that an entry is no longer shown."""

import uuid
from datetime import datetime

from sqlalchemy.orm import Session

from access.principal import Principal
from index_service.changesets.operations.put_change import put_change
from index_service.changesets.operations.stage_entry_updated import standing_version
from index_service.changesets.subjects import entry_subject
from index_service.changesets.tables import Change, ChangeSet
from storage.catalogue.tables import Page


def stage_entry_retired(
    session: Session,
    *,
    change_set: ChangeSet,
    entry_id: uuid.UUID,
    actor: Principal,
    at: datetime,
    item_id: uuid.UUID | None = None,
) -> Change:
    """Stage that a published entry ends with the next edition; its versions stay for as-of reading.

    Raises:
        Conflict: nothing of the entry stands published, or the change set is not open.
    """
    base = standing_version(session, entry_id)
    return put_change(
        session,
        change_set=change_set,
        subject=entry_subject(entry_id),
        action="entry_retired",
        page=session.get_one(Page, base.page_id),
        entry_id=entry_id,
        base_version_id=base.id,
        reviewed_by=actor.account_id,
        actor=actor,
        at=at,
        item_id=item_id,
    )
