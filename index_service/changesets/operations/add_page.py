"""Add a page that the archive missed (缺頁)."""

import uuid
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from access.audit.operations.record_event import record_event
from access.http.problems import Conflict, NotFound
from access.principal import Principal
from index_service.changesets.operations.put_change import require_open
from index_service.changesets.tables import ChangeSet
from storage.catalogue.tables import Page, Volume


def add_page(
    session: Session,
    *,
    change_set: ChangeSet,
    volume_id: uuid.UUID,
    designation: str,
    sequence: int,
    actor: Principal,
    at: datetime,
) -> Page:
    """Make a page known to its volume, so that its scan can be ordered; it is placed when the scan comes.

    Where `sequence` is taken, the pages after it have to be placed anew in the same change set.

    Raises:
        NotFound: there is no such volume.
        Conflict: the volume has a page of that designation, or the change set is not open.
    """
    require_open(change_set)
    volume = session.get(Volume, volume_id)
    if volume is None:
        raise NotFound("volume_unknown", "查無此簿冊。", "There is no such volume.")
    taken = select(Page.id).where(Page.volume_id == volume_id, Page.designation == designation)
    if session.scalar(taken) is not None:
        raise Conflict(
            "page_known",
            "此簿冊已有同一頁次，請直接通知補掃。",
            "The volume has a page of this designation already: order its rescan.",
        )
    page = Page(
        volume_id=volume_id,
        office_id=volume.office_id,
        designation=designation,
        sequence=sequence,
        created_at=at,
    )
    session.add(page)
    session.flush()
    record_event(
        session,
        actor=actor,
        action="page.add",
        subject_kind="page",
        subject_id=str(page.id),
        facts={"volume": str(volume_id), "change_set": str(change_set.id)},
        at=at,
    )
    return page
