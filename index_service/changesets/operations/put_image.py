"""Put an image in its place by hand."""

import uuid
from datetime import datetime

from sqlalchemy.orm import Session

from access.http.problems import NotFound
from access.principal import Principal
from index_service.changesets.operations.stage_scanned_page import stage_scanned_page
from index_service.changesets.tables import ChangeSet
from storage.catalogue.tables import PageImage


def put_image(
    session: Session,
    *,
    change_set: ChangeSet,
    image_id: uuid.UUID,
    actor: Principal,
    at: datetime,
    item_id: uuid.UUID | None = None,
) -> None:
    """Stage an image the archive holds, added or replacing; entries go over to it without their old boxes.

    Raises:
        NotFound: there is no such image.
        Conflict: the change set is not open.
    """
    image = session.get(PageImage, image_id)
    if image is None:
        raise NotFound("image_unknown", "查無此影像。", "There is no such image.")
    stage_scanned_page(
        session, change_set=change_set, image=image, proposals=(), actor=actor, item_id=item_id, at=at
    )
