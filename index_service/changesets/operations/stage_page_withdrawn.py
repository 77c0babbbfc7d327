"""Stage that a page leaves its volume."""

import uuid
from datetime import datetime

from sqlalchemy.orm import Session

from access.http.problems import Conflict
from access.principal import Principal
from index_service.changesets.operations.put_change import put_change
from index_service.changesets.queries import standing_place
from index_service.changesets.subjects import place_subject
from index_service.changesets.tables import Change, ChangeSet
from storage.catalogue.tables import Page


def stage_page_withdrawn(
    session: Session,
    *,
    change_set: ChangeSet,
    page: Page,
    actor: Principal,
    at: datetime,
    item_id: uuid.UUID | None = None,
) -> Change:
    """Stage that a page stands in no volume any more; its image and entries have to go with it.

    Raises:
        Conflict: the page stands nowhere.
    """
    standing = standing_place(session, page.id)
    if standing is None:
        raise Conflict(
            "page_not_placed",
            "此頁並未公布於任何簿冊，無從撤下。",
            "The page stands published in no volume, so it cannot be withdrawn from one.",
        )
    return put_change(
        session,
        change_set=change_set,
        subject=place_subject(page.id),
        action="page_withdrawn",
        page=page,
        base_place=standing,
        actor=actor,
        at=at,
        item_id=item_id,
    )
