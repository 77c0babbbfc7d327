"""Finding uploads."""

import uuid

from sqlalchemy import select
from sqlalchemy.orm import Session

from access.http.problems import NotFound
from access.principal import Principal
from ingest.batches.queries import visible_batches
from storage.intake.tables import Batch, BatchFile, Upload


def visible_upload(session: Session, *, actor: Principal, upload_id: uuid.UUID) -> tuple[Upload, BatchFile]:
    """Return an upload and its file in the actor's sight; raises NotFound for any other."""
    return _only(session, actor, Upload.id == upload_id)


def visible_upload_at(session: Session, *, actor: Principal, reference: str) -> tuple[Upload, BatchFile]:
    """Return the upload behind a store's reference, and its file; raises NotFound for any other."""
    return _only(session, actor, Upload.store_reference == reference)


def open_upload(session: Session, *, file_id: uuid.UUID) -> Upload | None:
    """Return the file's open upload; there is one at most."""
    return session.scalar(select(Upload).filter_by(file_id=file_id, state="open"))


def _only(session: Session, actor: Principal, condition: object) -> tuple[Upload, BatchFile]:
    seen = visible_batches(actor).with_only_columns(Batch.id)
    row = session.execute(
        select(Upload, BatchFile)
        .join(BatchFile, BatchFile.id == Upload.file_id)
        .where(condition, BatchFile.batch_id.in_(seen))  # type: ignore[arg-type] # a column's comparison
    ).one_or_none()
    if row is None:
        raise NotFound("no_such_upload", "查無此上傳。", "There is no such upload.")
    return row[0], row[1]
