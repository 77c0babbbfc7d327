"""Void an upload whose bytes are not those declared; the file may be uploaded again."""

import uuid
from datetime import datetime

from sqlalchemy.orm import Session

from storage.database.locking import lock_row
from storage.intake.tables import Upload


def void_upload(session: Session, *, upload_id: uuid.UUID, at: datetime) -> None:
    """Close an open upload as refused; any other is left alone."""
    upload = lock_row(session, Upload, upload_id)
    if upload.state == "open":
        upload.state, upload.finished_at = "refused", at
