"""Write down that a file cannot be used, and why; the rest of its batch goes on."""

import uuid
from datetime import datetime

from sqlalchemy import update
from sqlalchemy.orm import Session

from access.audit.operations.record_event import record_event
from access.principal import Principal
from imaging.decoding import RefusedImage
from ingest.batches.operations.settle_batch import settle_batch
from storage.database.locking import lock_row
from storage.intake.tables import BatchFile, BatchPage, Upload


def refuse_file(
    session: Session, *, actor: Principal, upload_id: uuid.UUID, refusal: RefusedImage, at: datetime
) -> BatchFile:
    """Refuse a file and its pages for what is in it; one stored meanwhile is left alone."""
    upload = lock_row(session, Upload, upload_id)
    file = lock_row(session, BatchFile, upload.file_id)
    if file.state != "expected":
        return file
    file.state = "refused"
    file.refusal = {"code": refusal.code, "zh": refusal.zh, "en": refusal.en}
    upload.state, upload.finished_at = "refused", at
    pages = update(BatchPage).where(BatchPage.file_id == file.id, BatchPage.state == "expected")
    session.execute(pages.values(state="refused"))
    settle_batch(session, batch_id=file.batch_id, at=at)
    record_event(
        session,
        actor=actor,
        action="file.refused",
        subject_kind="batch_file",
        subject_id=str(file.id),
        facts={"batch": str(file.batch_id), "code": refusal.code},
        at=at,
    )
    return file
