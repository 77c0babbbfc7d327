"""Commit a run: the image, what was read on it, the page done, the batch settled, all or nothing."""

import uuid
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from imaging.quarters import quarters_between
from imaging.transform import PageTransform
from ingest.batches.operations.settle_batch import settle_batch
from ingest.pipeline.outcome import PageOutcome, TurnedDerivative
from ingest.processing.claim import Claim, LeaseLost
from ingest.processing.operations.renew_turn import renew_turn
from ingest.processing.operations.write_reading import write_reading
from ingest.processing.operations.write_run import write_run
from ingest.processing.queries import PageWork
from storage.catalogue.tables import Page, PageImage
from storage.checks.tables import PageTrace
from storage.database.locking import lock_row
from storage.intake.tables import BatchPage


def commit_run(
    session: Session, *, claim: Claim, work: PageWork, outcome: PageOutcome, at: datetime
) -> uuid.UUID:
    """Write the result of a run that is still ours; returns the page image.

    Raises:
        LeaseLost: it is not; the transaction must roll back, and what it stored is garbage by content.
    """
    write_run(
        session,
        claim,
        state="done",
        lease_until=None,
        error=None,
        timings=dict(outcome.timings),
        finished_at=at,
    )
    image_id = _known_image(session, work, outcome) or _add_image(session, work, outcome, at)
    write_reading(
        session, claim=claim, work=work, image_id=image_id, read=outcome, alto_key=outcome.alto_key, at=at
    )
    _trace(session, image_id, work, outcome)
    page = lock_row(session, BatchPage, work.batch_page_id)
    if page.state != "pending":
        raise LeaseLost(f"page {page.id} is {page.state} and waits for no result")
    page.state, page.page_image_id = "done", image_id
    session.flush()
    settle_batch(session, batch_id=work.batch_id, at=at)
    return image_id


def _trace(session: Session, image_id: uuid.UUID, work: PageWork, outcome: PageOutcome) -> None:
    """Add what tells the image from others; an image that is known has been told already."""
    if session.scalar(select(PageTrace.id).where(PageTrace.page_image_id == image_id)) is not None:
        return
    number = outcome.trace.designation
    session.add(
        PageTrace(
            page_image_id=image_id,
            volume_id=session.get_one(Page, work.page_id).volume_id,
            office_id=work.office_id,
            pixels_sha256=outcome.trace.pixels_sha256,
            writing=outcome.trace.writing,
            designation=number["text"][:32] if number else None,
            designation_confidence=number["confidence"] if number else None,
            designation_box=list(number["box"]) if number else [],
        )
    )


def _known_image(session: Session, work: PageWork, outcome: PageOutcome) -> uuid.UUID | None:
    """Find the image, which then says how this run found it turned: the same frame, or half of it, of the
    same bytes is the same image."""
    image = session.scalar(select(PageImage).filter_by(**_same(work)))
    if image is None:
        return None
    for finding in outcome.quality:
        if finding["check"] == "orientation":
            turned = _turned(image, outcome) if finding["value"] else None
            renew_turn(session, image_id=image.id, finding=finding, turned=turned)
    return image.id


def _turned(image: PageImage, outcome: PageOutcome) -> TurnedDerivative | None:
    """Return this run's derivative where that of the image stands otherwise by quarters."""
    stored, found = (PageTransform.from_json(one) for one in (image.transform, outcome.transform))
    if not quarters_between(stored, found):
        return None
    return TurnedDerivative(outcome.derivative, outcome.transform, outcome.trace)


def _same(work: PageWork) -> dict[str, Any]:
    return {
        "page_id": work.page_id,
        "view": work.view,
        "master_sha256": work.sha256,
        "frame": work.frame,
        "side": work.side,
    }


def _add_image(session: Session, work: PageWork, outcome: PageOutcome, at: datetime) -> uuid.UUID:
    image = PageImage(
        **_same(work),
        office_id=work.office_id,
        master_key=work.object_key,
        media_type=outcome.media_type,
        width=outcome.width,
        height=outcome.height,
        ppi=outcome.ppi,
        derivative_key=outcome.derivative.key,
        derivative_width=outcome.derivative.width,
        derivative_height=outcome.derivative.height,
        derivative_layout=dict(outcome.derivative.layout),
        thumbnail_key=outcome.derivative.thumbnail_key,
        transform=dict(outcome.transform),
        quality=[dict(finding) for finding in outcome.quality],
        flagged=outcome.flagged,
        uploaded_by=work.station_id,
        created_at=at,
    )
    session.add(image)
    session.flush()
    return image.id
