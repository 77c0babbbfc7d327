"""Stage the first image of a page's view."""

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


def stage_image_added(
    session: Session,
    *,
    change_set: ChangeSet,
    image: PageImage,
    actor: Principal,
    at: datetime,
    item_id: uuid.UUID | None = None,
) -> Change:
    """Stage an image for a view of its page that has none published.

    Raises:
        Conflict: an image stands published there; it has to be replaced instead.
    """
    if standing_image_id(session, image.page_id, image.view) is not None:
        raise Conflict(
            "image_stands",
            "此頁此面已有公布的影像，請改用「更換影像」。",
            "An image of this page and view stands published: replace it instead of adding one.",
        )
    return put_change(
        session,
        change_set=change_set,
        subject=image_subject(image.page_id, image.view),
        action="image_added",
        page=session.get_one(Page, image.page_id),
        view=image.view,
        new_image_id=image.id,
        actor=actor,
        at=at,
        item_id=item_id,
    )
