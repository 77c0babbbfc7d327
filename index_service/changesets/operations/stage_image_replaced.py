"""Stage a new image in the place of the one that stands."""

import uuid
from datetime import datetime

from sqlalchemy.orm import Session

from access.http.problems import Conflict
from access.principal import Principal
from index_service.changesets.operations.put_change import put_change
from index_service.changesets.queries import standing_image_id
from index_service.changesets.subjects import image_subject
from index_service.changesets.tables import Change, ChangeSet
from storage.catalogue.tables import Page, PageImage


def stage_image_replaced(
    session: Session,
    *,
    change_set: ChangeSet,
    image: PageImage,
    actor: Principal,
    at: datetime,
    item_id: uuid.UUID | None = None,
) -> Change:
    """Stage an image in the place of the published one of the same page and view.

    The entries drawn on the old image have to be restaged as well (`restage_entries_on_new_image`), or the
    set does not validate.

    Raises:
        Conflict: nothing stands published there, or this very image does.
    """
    standing = standing_image_id(session, image.page_id, image.view)
    if standing is None or standing == image.id:
        raise Conflict(
            "nothing_to_replace",
            "此頁此面沒有可更換的影像，或新舊影像相同；尚無影像時請改用「新增影像」。",
            "There is no other image to replace at this page and view: add one if none stands yet.",
        )
    return put_change(
        session,
        change_set=change_set,
        subject=image_subject(image.page_id, image.view),
        action="image_replaced",
        page=session.get_one(Page, image.page_id),
        view=image.view,
        base_image_id=standing,
        new_image_id=image.id,
        actor=actor,
        at=at,
        item_id=item_id,
    )
