"""Note that a signed-in person is still there."""

import uuid
from datetime import datetime, timedelta

from sqlalchemy import update
from sqlalchemy.orm import Session

from access.sessions.tables import SignInSession

# A session is touched at most this often, so that reading pages stays reading.
EVERY = timedelta(minutes=1)


def is_due(last_seen_at: datetime, at: datetime) -> bool:
    """Tell whether the last sign of life lies so far back that this one is worth a write."""
    return last_seen_at < at - EVERY


def keep_alive(session: Session, *, session_id: uuid.UUID, at: datetime) -> None:
    """Move the moment from which idleness counts, at most once a minute."""
    session.execute(
        update(SignInSession)
        .where(SignInSession.id == session_id, SignInSession.last_seen_at < at - EVERY)
        .values(last_seen_at=at)
    )
