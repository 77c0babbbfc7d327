"""Post a message in the transaction that causes it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from storage.database.clock import database_now
from storage.database.identity import new_id
from storage.database.outbox.tables import Outbox


def post(
    session: Session,
    topic: str,
    payload: Mapping[str, Any],
    *,
    due_at: datetime | None = None,
    unique_key: str | None = None,
) -> bool:
    """Post a message, due now or at `due_at`; False if one with this `unique_key` was ever posted."""
    now = database_now(session)
    row = {
        "id": new_id(),
        "topic": topic,
        "payload": dict(payload),
        "due_at": due_at or now,
        "unique_key": unique_key,
        "created_at": now,
    }
    engine = sqlite if session.get_bind().dialect.name == "sqlite" else postgresql
    statement = engine.insert(Outbox).values(row).on_conflict_do_nothing(index_elements=["unique_key"])
    return session.execute(statement.returning(Outbox.id)).first() is not None
