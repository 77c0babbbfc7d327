"""The images of a volume that a delivery is held against: one bounded, indexed question each."""

import uuid
from collections.abc import Sequence

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from domain.series import load_series, series_keys
from imaging.arrays import Box
from imaging.quality import Thresholds
from imaging.transform import PageTransform
from ingest.checks.trace import Trace
from storage.catalogue.tables import Page, PageImage, Volume
from storage.checks.tables import PageFinding, PageTrace
from storage.intake.tables import Batch, BatchPage

MOST = 6000
"""Images looked at, the newest first; a volume has a few thousand pages at the most."""


def limits_of(session: Session, batch: Batch) -> Thresholds:
    """Return the limits of the series that a delivery's volume is of; the usual if it is unknown."""
    key = session.scalar(select(Volume.series_key).where(Volume.id == batch.volume_id))
    return Thresholds().with_overrides(load_series(key).quality) if key in series_keys() else Thresholds()


def traces_of_batch(session: Session, batch: Batch) -> list[Trace]:
    """Return the images that a delivery's pages were given, in register order."""
    query = _traces().join(BatchPage, BatchPage.page_image_id == PageImage.id)
    return _read(session, query.where(BatchPage.batch_id == batch.id))


def traces_before(session: Session, batch: Batch, fresh: Sequence[Trace]) -> list[Trace]:
    """Return, of every view of the volume's pages, the newest image that is not of this delivery."""
    ours = {one.image_id for one in fresh}
    query = _traces().where(PageTrace.volume_id == batch.volume_id)
    newest: dict[tuple[uuid.UUID, int], Trace] = {}
    rows = session.execute(query.order_by(PageImage.id.desc()).limit(MOST)).all()
    for row in rows:
        if row.PageImage.id not in ours:
            newest.setdefault(
                (row.PageImage.page_id, row.PageImage.view), _trace(row.PageTrace, row.PageImage, row.Page)
            )
    return sorted(newest.values(), key=lambda one: one.sequence)


def told_already(session: Session, images: Sequence[uuid.UUID]) -> dict[tuple[uuid.UUID, str], PageFinding]:
    """Return the findings that are there by image and check."""
    query = select(PageFinding).where(PageFinding.page_image_id.in_(images))
    return {(one.page_image_id, one.check): one for one in session.scalars(query)}


def _traces() -> Select[PageTrace, PageImage, Page]:
    return (
        select(PageTrace, PageImage, Page)
        .join(PageImage, PageImage.id == PageTrace.page_image_id)
        .join(Page, Page.id == PageImage.page_id)
    )


def _read(session: Session, query: Select[PageTrace, PageImage, Page]) -> list[Trace]:
    rows = session.execute(query.order_by(Page.sequence, PageImage.view)).all()
    return [_trace(row.PageTrace, row.PageImage, row.Page) for row in rows]


def _trace(trace: PageTrace, image: PageImage, page: Page) -> Trace:
    return Trace(
        image_id=image.id,
        page_id=page.id,
        sequence=page.sequence,
        declared=page.designation,
        master=image.master_sha256,
        pixels=trace.pixels_sha256,
        writing=trace.writing,
        read=trace.designation,
        confidence=trace.designation_confidence or 0.0,
        box=tuple(trace.designation_box),
        page=_page_box(image),
        view=image.view,
        frame=image.frame,
        side=image.side,
    )


def _page_box(image: PageImage) -> Box:
    """Return where the page lies in the master: the box that its derivative was made of, or all of it."""
    if not image.transform:
        return 0, 0, image.width, image.height
    way = PageTransform.from_json(image.transform)
    return way.box_to_master((0, 0, *way.derivative_size))
