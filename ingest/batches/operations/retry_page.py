"""Give a failed page another run."""

import uuid
from datetime import datetime

from sqlalchemy.orm import Session

from access.audit.operations.record_event import record_event
from access.http.problems import Conflict
from access.principal import Principal
from ingest.batches.queries import visible_page
from storage.database.locking import lock_row
from storage.intake.tables import Batch, BatchPage, ProcessingRun


def retry_page(
    session: Session, *, actor: Principal, batch_id: uuid.UUID, page_id: uuid.UUID, at: datetime
) -> ProcessingRun:
    """Owe the page a new run; the failed ones stay with their errors.

    Raises:
        NotFound: no such page in the actor's sight.
        Conflict: the page did not fail; a refused file is scanned again, not retried.
    """
    visible_page(session, actor=actor, batch_id=batch_id, page_id=page_id)
    page = lock_row(session, BatchPage, page_id)
    if page.state == "refused":
        raise Conflict(
            "page_refused",
            "此檔案無法使用,重試亦同;請擱置此頁,重新掃描後以新批次上傳。",
            "The file itself was refused: set this page aside, scan it again and deliver it in a new batch.",
        )
    if page.state != "failed":
        raise Conflict(
            "page_not_failed", "此頁並未失敗,無須重試。", "The page did not fail.", state=page.state
        )
    page.state = "pending"
    batch = lock_row(session, Batch, batch_id)
    if batch.state == "processed":
        batch.state, batch.processed_at = "processing", None
    run = ProcessingRun(batch_page_id=page.id, office_id=page.office_id, created_at=at)
    session.add(run)
    session.flush()
    record_event(
        session,
        actor=actor,
        action="page.retried",
        subject_kind="batch_page",
        subject_id=str(page.id),
        facts={"batch": str(batch_id), "run": str(run.id)},
        at=at,
    )
    return run
