"""Take the one lock under which editions are numbered."""

from sqlalchemy import text
from sqlalchemy.orm import Session

from index_service.editions.tables import EditionHead
from storage.database.locking import lock_row

_FIRST = text("INSERT INTO edition_head (id, number) VALUES (1, 0) ON CONFLICT (id) DO NOTHING")


def lock_head(session: Session) -> EditionHead:
    """Return the head, ours until the transaction ends: the next waits, so commit order is number order."""
    session.execute(_FIRST)
    return lock_row(session, EditionHead, 1)
