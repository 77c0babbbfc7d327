"""Finding runs that are owed, and what a run needs."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, case, func, or_, select
from sqlalchemy.orm import Session

from imaging.half_side import HalfSide
from ingest.processing.claim import LeaseLost
from storage.catalogue.tables import Page, PageImage, Volume
from storage.database.clock import database_now
from storage.intake.tables import Batch, BatchFile, BatchPage, ProcessingRun, Rerun


@dataclass(frozen=True, slots=True)
class PageWork:
    """What a worker must know of a page: which bytes, which frame, and what they are an image of.

    A rerun reads an image that is there already, `page_image_id`; `transform` is the way to its derivative.
    """

    batch_page_id: uuid.UUID
    batch_id: uuid.UUID
    page_id: uuid.UUID
    office_id: uuid.UUID
    station_id: uuid.UUID
    view: int
    frame: int
    side: HalfSide | None
    object_key: str
    sha256: str
    size: int
    series_key: str
    rerun_id: uuid.UUID | None = None
    page_image_id: uuid.UUID | None = None
    transform: Mapping[str, Any] | None = None


def is_due(now: datetime) -> ColumnElement[bool]:
    """Return the condition of a run that anybody may claim: pending, or its lease ran out."""
    expired = and_(ProcessingRun.state == "running", ProcessingRun.lease_until <= now)
    return or_(ProcessingRun.state == "pending", expired)


def find_due_runs(
    session: Session, *, limit: int, made_before: datetime | None = None
) -> Sequence[uuid.UUID]:
    """Return runs that are due by the database's clock, oldest first."""
    query = select(ProcessingRun.id).where(is_due(database_now(session)))
    if made_before is not None:
        query = query.where(ProcessingRun.created_at <= made_before)
    return session.scalars(query.order_by(ProcessingRun.id).limit(limit)).all()


def find_due_runs_of(session: Session, *, rerun_id: uuid.UUID, limit: int) -> Sequence[uuid.UUID]:
    """Return the runs of one rerun that are due, oldest first."""
    query = select(ProcessingRun.id).where(is_due(database_now(session)), ProcessingRun.rerun_id == rerun_id)
    return session.scalars(query.order_by(ProcessingRun.id).limit(limit)).all()


def find_work(session: Session, *, run_id: uuid.UUID) -> PageWork:
    """Return what the run is about; raises LeaseLost if its page waits for nobody."""
    row = session.execute(
        select(
            BatchPage,
            BatchFile,
            Batch,
            func.coalesce(Rerun.series_key, Volume.series_key),
            ProcessingRun.rerun_id,
            PageImage.transform,
        )
        .join(ProcessingRun, ProcessingRun.batch_page_id == BatchPage.id)
        .join(BatchFile, BatchFile.id == BatchPage.file_id)
        .join(Batch, Batch.id == BatchPage.batch_id)
        .join(Page, Page.id == BatchPage.page_id)
        .join(Volume, Volume.id == Page.volume_id)
        .outerjoin(Rerun, Rerun.id == ProcessingRun.rerun_id)
        .outerjoin(PageImage, PageImage.id == BatchPage.page_image_id)
        .where(ProcessingRun.id == run_id)
        .where(BatchPage.state == case((ProcessingRun.rerun_id.is_(None), "pending"), else_="done"))
    ).one_or_none()
    if row is None:
        raise LeaseLost(f"run {run_id} has no page that waits for it")
    page, file, batch, series_key, rerun_id, transform = row
    assert file.object_key is not None, "a page waits only once its file is stored"
    assert batch.station_id is not None, "a load, which has no station, has no pages to process"
    return PageWork(
        batch_page_id=page.id,
        batch_id=batch.id,
        page_id=page.page_id,
        office_id=page.office_id,
        station_id=batch.station_id,
        view=page.view,
        frame=page.frame,
        side=page.side,
        object_key=file.object_key,
        sha256=file.sha256,
        size=file.size,
        series_key=series_key,
        rerun_id=rerun_id,
        page_image_id=page.page_image_id,
        transform=transform,
    )
