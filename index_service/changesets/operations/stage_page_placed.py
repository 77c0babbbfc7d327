"""Stage where a page stands."""

import uuid
from datetime import datetime

from sqlalchemy.orm import Session

from access.principal import Principal
from index_service.changesets.operations.put_change import put_change
from index_service.changesets.queries import standing_place
from index_service.changesets.subjects import place_subject
from index_service.changesets.tables import Change, ChangeSet
from storage.catalogue.tables import Page


def stage_page_placed(
    session: Session,
    *,
    change_set: ChangeSet,
    page: Page,
    volume_id: uuid.UUID,
    sequence: int,
    actor: Principal,
    at: datetime,
    item_id: uuid.UUID | None = None,
) -> Change:
    """Stage a page at a place of a volume, whether it stands nowhere yet or moves there from elsewhere."""
    return put_change(
        session,
        change_set=change_set,
        subject=place_subject(page.id),
        action="page_placed",
        page=page,
        base_place=standing_place(session, page.id),
        new_volume_id=volume_id,
        new_sequence=sequence,
        actor=actor,
        at=at,
        item_id=item_id,
    )
