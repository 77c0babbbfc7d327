"""Stage the withdrawal of a published image."""

import uuid
from datetime import datetime

from sqlalchemy.orm import Session

from access.http.problems import Conflict
from access.principal import Principal
from index_service.changesets.operations.put_change import put_change
from index_service.changesets.queries import standing_image_id
from index_service.changesets.subjects import image_subject
from index_service.changesets.tables import Change, ChangeSet
from storage.catalogue.tables import Page


def stage_image_withdrawn(
    session: Session,
    *,
    change_set: ChangeSet,
    page: Page,
    view: int,
    actor: Principal,
    at: datetime,
    item_id: uuid.UUID | None = None,
) -> Change:
    """Stage that a page's view shows no image any more; its entries must let go of their regions.

    Raises:
        Conflict: nothing stands published there.
    """
    standing = standing_image_id(session, page.id, view)
    if standing is None:
        raise Conflict(
            "nothing_to_withdraw",
            "此頁此面沒有公布的影像可撤下。",
            "No image of this page and view stands published, so there is none to withdraw.",
        )
    return put_change(
        session,
        change_set=change_set,
        subject=image_subject(page.id, view),
        action="image_withdrawn",
        page=page,
        view=view,
        base_image_id=standing,
        actor=actor,
        at=at,
        item_id=item_id,
    )
