"""Propose the persons whom only a rerun reads, in whichever request its findings belong to."""

import uuid
from datetime import datetime

from sqlalchemy.orm import Session

from access.principal import SYSTEM
from index_service.changesets.operations.stage_entries_created import stage_entries_created
from index_service.changesets.tables import ChangeSet
from index_service.requests.operations.compare_images import ImageFinding
from storage.catalogue.tables import Page, Volume


def propose_newly_read(
    session: Session,
    *,
    change_set: ChangeSet,
    volume: Volume,
    found: ImageFinding,
    item_id: uuid.UUID | None,
    at: datetime,
) -> None:
    """Stage the persons newly read on an image as new entries, reviewed by nobody, for its page.

    Raises:
        Conflict: the change set is not open.
        Invalid: values out of shape or not of the series, or boxes that lie outside the image.
    """
    stage_entries_created(
        session,
        change_set=change_set,
        page=session.get_one(Page, found.page_id),
        series_key=volume.series_key,
        image_id=found.image_id,
        proposals=found.proposed,
        actor=SYSTEM,
        at=at,
        item_id=item_id,
    )
