"""Stage what recognition made of one settled page of a batch."""

import uuid
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from access.principal import Principal
from index_service.changesets.operations.proposals import Proposal, read_proposals
from index_service.changesets.operations.stage_scanned_page import stage_scanned_page
from index_service.changesets.tables import ChangeSet
from storage.catalogue.tables import Page, PageImage
from storage.intake.tables import BatchPage, RecognitionResult


def done_pages(session: Session, batch_id: uuid.UUID) -> Sequence[BatchPage]:
    """Return the pages of a batch that were processed, in register order."""
    query = (
        select(BatchPage)
        .join(Page, Page.id == BatchPage.page_id)
        .where(BatchPage.batch_id == batch_id, BatchPage.state == "done")
        .order_by(Page.sequence, BatchPage.view)
    )
    return session.scalars(query).all()


def stage_batch_page(
    session: Session,
    change_set: ChangeSet,
    page: BatchPage,
    *,
    actor: Principal,
    at: datetime,
    item_id: uuid.UUID | None = None,
) -> None:
    """Stage the page's image, its place if it has none, and its entries.

    Raises:
        Conflict: the change set is not open.
    """
    image = session.get_one(PageImage, page.page_image_id)
    stage_scanned_page(
        session,
        change_set=change_set,
        image=image,
        proposals=_proposals_on(session, image),
        actor=actor,
        at=at,
        item_id=item_id,
    )


def _proposals_on(session: Session, image: PageImage) -> list[Proposal]:
    """Return what the newest recognition of the image proposes."""
    query = (
        select(RecognitionResult)
        .where(RecognitionResult.page_image_id == image.id)
        .order_by(RecognitionResult.id.desc())
        .limit(1)
    )
    result = session.scalar(query)
    return [] if result is None else read_proposals(result.proposals, width=image.width, height=image.height)
