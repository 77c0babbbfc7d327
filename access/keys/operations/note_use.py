"""Note that a key is in use."""

import uuid
from datetime import datetime, timedelta

from sqlalchemy import or_, update
from sqlalchemy.orm import Session

from access.keys.tables import ApiKey

# Often enough to tell a forgotten key from a used one; seldom enough that reading stays reading.
EVERY = timedelta(minutes=10)


def is_due(last_used_at: datetime | None, at: datetime) -> bool:
    """Tell whether the last noted use lies so far back that this one is worth a write."""
    return last_used_at is None or last_used_at < at - EVERY


def note_use(session: Session, *, key_id: uuid.UUID, at: datetime) -> None:
    """Move the moment of a key's last use, at most once in EVERY."""
    session.execute(
        update(ApiKey)
        .where(ApiKey.id == key_id, or_(ApiKey.last_used_at.is_(None), ApiKey.last_used_at < at - EVERY))
        .values(last_used_at=at)
    )
