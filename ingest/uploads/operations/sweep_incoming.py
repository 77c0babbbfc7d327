"""Clear away what uploads left behind that came to nothing."""

import uuid
from datetime import datetime, timedelta

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from ingest.uploads.room import UploadRoom, incoming_key
from storage.intake.tables import Upload

ABANDONED_AFTER = timedelta(days=14)
"""Far longer than any lease, and than a station's longest holiday."""


def sweep_incoming(room: UploadRoom, *, at: datetime, older_than: timedelta = ABANDONED_AFTER) -> int:
    """Void uploads left open so long, and forget the parts and bytes of uploads that are not open.

    A master lives under its content key and is out of reach here. Returns how many were cleared; repeatable.
    """
    with room.database.writing() as session:
        overdue = _void_overdue(session, at, older_than)
    for upload_id, reference in overdue:
        room.parts.abort(reference)
        room.store.delete(incoming_key(upload_id))
    return len(overdue) + _delete_left_over(room, at - older_than)


def _void_overdue(session: Session, at: datetime, older_than: timedelta) -> list[tuple[uuid.UUID, str]]:
    """Void first: a completion that is at work now finds its upload over, not half cleared."""
    old = (Upload.state == "open", Upload.created_at < at - older_than)
    rows = session.execute(select(Upload.id, Upload.store_reference).where(*old)).all()
    session.execute(
        update(Upload).where(Upload.id.in_([row.id for row in rows])).values(state="aborted", finished_at=at)
    )
    return [(row.id, row.store_reference) for row in rows]


def _delete_left_over(room: UploadRoom, before: datetime) -> int:
    """Delete joined bytes whose upload is no longer open; their ids tell how old they are (RFC 9562 §5.7)."""
    left = [found.key for found in room.store.list("incoming/")]
    ids = {key: uuid.UUID(key.removeprefix("incoming/")) for key in left}
    old = {key: upload for key, upload in ids.items() if _made_at(upload) < before.timestamp()}
    with room.database.reading() as session:
        query = select(Upload.id).where(Upload.id.in_(old.values()), Upload.state == "open")
        still_open = set(session.scalars(query))
    gone = [key for key, upload in old.items() if upload not in still_open]
    for key in gone:
        room.store.delete(key)
    return len(gone)


def _made_at(upload: uuid.UUID) -> float:
    """Return the second at which a version 7 id was made."""
    return (upload.int >> 80) / 1000
