"""Move a batch on as its files arrive and its pages settle."""

import uuid
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from index_service.requests.operations.open_first_load import open_first_load
from index_service.requests.operations.receive_rescan import receive_rescan
from ingest.checks.operations.check_batch import check_batch
from storage.database.locking import lock_row
from storage.intake.tables import Batch, BatchFile, BatchPage

_UNSETTLED = ("expected", "pending")


def settle_batch(session: Session, *, batch_id: uuid.UUID, at: datetime) -> Batch:
    """Judge a batch after one of its files or pages changed, in the transaction that changed it.

    When no page is still to come or being processed, what comes next is opened here and now: pages that
    failed stay on a screen where somebody can retry them, and hold up none of the others. A page retried
    opens the batch again, and is handed over behind the others.
    """
    # Two last pages may commit at once; whoever gets the lock second sees the first one's page settled.
    batch = lock_row(session, Batch, batch_id)
    session.flush()
    if batch.state == "receiving" and not _awaits_files(session, batch_id):
        batch.state = "processing"
    if batch.state == "processed" and _count(session, batch_id, ("pending",)):
        # Frames of a file whose known pages were set aside came after all: they are handed over as well.
        batch.state, batch.processed_at = "processing", None
    if batch.state == "processing" and not _count(session, batch_id, _UNSETTLED):
        batch.state, batch.processed_at = "processed", at
        session.flush()
        if _count(session, batch_id, ("done",)):
            check_batch(session, batch=batch, at=at)
            _hand_over(session, batch, at)
    return batch


def _awaits_files(session: Session, batch_id: uuid.UUID) -> bool:
    """Tell whether a file is still to come; a file whose every page is set aside is not."""
    live = select(BatchPage.id).where(BatchPage.file_id == BatchFile.id, BatchPage.state != "set_aside")
    query = select(func.count()).where(BatchFile.batch_id == batch_id, BatchFile.state == "expected")
    return bool(session.scalar(query.where(live.exists())))


def _count(session: Session, batch_id: uuid.UUID, states: tuple[str, ...]) -> int:
    query = select(func.count()).where(BatchPage.batch_id == batch_id, BatchPage.state.in_(states))
    return session.scalar(query) or 0


def _hand_over(session: Session, batch: Batch, at: datetime) -> None:
    if batch.purpose == "rescan":
        receive_rescan(session, batch_id=batch.id, at=at)
    else:
        open_first_load(session, batch_id=batch.id, at=at)
