"""Withdraw an image by hand, freeing its entries of it."""

import uuid
from datetime import datetime

from sqlalchemy.orm import Session

from access.http.problems import NotFound
from access.principal import Principal
from index_service.changesets.operations.restage_entries_on_new_image import restage_entries_on_new_image
from index_service.changesets.operations.stage_image_withdrawn import stage_image_withdrawn
from index_service.changesets.tables import Change, ChangeSet
from storage.catalogue.tables import Page


def withdraw_image(
    session: Session,
    *,
    change_set: ChangeSet,
    page_id: uuid.UUID,
    view: int,
    actor: Principal,
    at: datetime,
    item_id: uuid.UUID | None = None,
) -> Change:
    """Stage that a view shows no image; its entries stay, on no image and without regions.

    Raises:
        NotFound: there is no such page.
        Conflict: nothing stands published there, or the change set is not open.
    """
    page = session.get(Page, page_id)
    if page is None:
        raise NotFound("page_unknown", "查無此簿頁。", "There is no such page.")
    change = stage_image_withdrawn(
        session, change_set=change_set, page=page, view=view, item_id=item_id, actor=actor, at=at
    )
    assert change.base_image_id is not None
    restage_entries_on_new_image(
        session,
        change_set=change_set,
        old_image_id=change.base_image_id,
        new_image=None,
        item_id=item_id,
        actor=actor,
        at=at,
    )
    return change
