"""Which images a rerun reads, and what it read."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import exists, func, select
from sqlalchemy.orm import Session

from imaging.half_side import HalfSide
from imaging.transform import PageTransform
from index_service.changesets.operations.find_unreviewed import is_unreviewed
from index_service.changesets.tables import Change, ChangeSet
from index_service.editions.spans import stands_now
from index_service.editions.tables import PublishedImage
from index_service.requests.operations.compare_images import ImageReading
from index_service.requests.tables import Request
from storage.catalogue.tables import Page, PageImage
from storage.intake.tables import BatchPage, ProcessingRun, RecognitionResult, Rerun

UNSETTLED = ("pending", "running")


def readable_pages(session: Session, volume_id: uuid.UUID) -> Sequence[tuple[BatchPage, PageImage]]:
    """Return the images of a volume that a rerun reads with the batch pages that brought them, in register
    order: those published, and those of a first load at whose page nobody has been yet.
    """
    published = select(PublishedImage.image_id).where(stands_now(PublishedImage))
    staged = (
        select(Change.new_image_id)
        .join(ChangeSet, ChangeSet.id == Change.change_set_id)
        .join(Request, Request.id == ChangeSet.request_id)
        .where(is_unreviewed())
    )
    query = (
        select(BatchPage, PageImage)
        .join(PageImage, PageImage.id == BatchPage.page_image_id)
        .join(Page, Page.id == PageImage.page_id)
        .where(Page.volume_id == volume_id, BatchPage.state == "done")
        .where(PageImage.id.in_(published) | PageImage.id.in_(staged))
        .order_by(Page.sequence, PageImage.view, BatchPage.id)
    )
    # The same bytes may have been delivered twice, where a page was set aside between.
    found = {image.id: (page, image) for page, image in session.execute(query)}
    return list(found.values())


def readings_after(
    session: Session, rerun_id: uuid.UUID, run_id: uuid.UUID | None, limit: int
) -> list[tuple[uuid.UUID, ImageReading]]:
    """Return what the next runs of a rerun read, each with its run, in the order in which they were owed."""
    query = (
        select(ProcessingRun.id, RecognitionResult.page_image_id, RecognitionResult.proposals)
        .join(ProcessingRun, ProcessingRun.id == RecognitionResult.run_id)
        .where(ProcessingRun.rerun_id == rerun_id)
        .order_by(ProcessingRun.id)
        .limit(limit)
    )
    if run_id is not None:
        query = query.where(ProcessingRun.id > run_id)
    return [(run, ImageReading(image, proposals)) for run, image, proposals in session.execute(query)]


def unsettled_reruns(session: Session) -> Sequence[uuid.UUID]:
    """Return the reruns none of whose runs is owed, and that are not settled to the end."""
    owed = exists().where(ProcessingRun.rerun_id == Rerun.id, ProcessingRun.state.in_(UNSETTLED))
    return session.scalars(select(Rerun.id).where(Rerun.state == "reading", ~owed).order_by(Rerun.id)).all()


@dataclass(frozen=True, slots=True)
class StoredMaster:
    """An image's master, to be read by a series; `transform` is the way to its derivative."""

    page_image_id: uuid.UUID
    object_key: str
    sha256: str
    frame: int
    side: HalfSide | None
    series_key: str
    transform: PageTransform


def masters_of(session: Session, volume_id: uuid.UUID, series_key: str) -> list[StoredMaster]:
    """Return the masters that a rerun of a volume would read, in register order."""
    return [
        StoredMaster(
            page_image_id=one.id,
            object_key=one.master_key,
            sha256=one.master_sha256,
            frame=one.frame,
            side=one.side,
            series_key=series_key,
            transform=PageTransform.from_json(one.transform),
        )
        for _, one in readable_pages(session, volume_id)
    ]


def run_states(session: Session, rerun_id: uuid.UUID) -> dict[str, int]:
    """Return how many runs of a rerun are in which state."""
    query = select(ProcessingRun.state, func.count()).where(ProcessingRun.rerun_id == rerun_id)
    return dict(session.execute(query.group_by(ProcessingRun.state)).all())
