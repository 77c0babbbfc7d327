"""Stage what one scanned page brings: its image, its place, its entries."""

import uuid
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from access.principal import Principal
from index_service.changesets.operations.proposals import Proposal
from index_service.changesets.operations.restage_entries_on_new_image import restage_entries_on_new_image
from index_service.changesets.operations.stage_entries_created import stage_entries_created
from index_service.changesets.operations.stage_image_added import stage_image_added
from index_service.changesets.operations.stage_image_replaced import stage_image_replaced
from index_service.changesets.operations.stage_page_placed import stage_page_placed
from index_service.changesets.queries import (
    find_change,
    page_has_staged_entries,
    page_has_standing_entries,
    standing_image_id,
    standing_place,
)
from index_service.changesets.subjects import image_subject, place_subject
from index_service.changesets.tables import ChangeSet
from storage.catalogue.tables import Page, PageImage, Volume


def stage_scanned_page(
    session: Session,
    *,
    change_set: ChangeSet,
    image: PageImage,
    proposals: Sequence[Proposal],
    actor: Principal,
    at: datetime,
    item_id: uuid.UUID | None = None,
) -> None:
    """Stage an image of a page: added, or in the place of one staged or published before.

    Entries drawn on an image it replaces are taken over to it without their old boxes. Proposals become new
    entries only on a page that has none yet; elsewhere the operator decides.

    Raises:
        Conflict: the change set is not open.
    """
    page = session.get_one(Page, image.page_id)
    standing = standing_image_id(session, page.id, image.view)
    if standing == image.id:
        return
    before = find_change(session, change_set.id, image_subject(page.id, image.view))
    staged_before = before.new_image_id if before else None
    if staged_before == image.id:
        return
    stage_image = stage_image_added if standing is None else stage_image_replaced
    stage_image(session, change_set=change_set, image=image, actor=actor, at=at, item_id=item_id)
    _place(session, change_set, page, actor=actor, at=at, item_id=item_id)
    for old in {standing, staged_before} - {None}:
        assert old is not None
        restage_entries_on_new_image(
            session,
            change_set=change_set,
            old_image_id=old,
            new_image=image,
            proposals=proposals,
            actor=actor,
            at=at,
            item_id=item_id,
        )
    if not _has_entries(session, change_set, page):
        stage_entries_created(
            session,
            change_set=change_set,
            page=page,
            series_key=session.get_one(Volume, page.volume_id).series_key,
            image_id=image.id,
            proposals=proposals,
            actor=actor,
            at=at,
            item_id=item_id,
        )


def _has_entries(session: Session, change_set: ChangeSet, page: Page) -> bool:
    return page_has_standing_entries(session, page.id) or page_has_staged_entries(
        session, change_set.id, page.id
    )


def _place(
    session: Session,
    change_set: ChangeSet,
    page: Page,
    *,
    actor: Principal,
    at: datetime,
    item_id: uuid.UUID | None,
) -> None:
    if standing_place(session, page.id) is not None:
        return
    if find_change(session, change_set.id, place_subject(page.id)) is not None:
        return
    stage_page_placed(
        session,
        change_set=change_set,
        page=page,
        volume_id=page.volume_id,
        sequence=page.sequence,
        actor=actor,
        at=at,
        item_id=item_id,
    )
