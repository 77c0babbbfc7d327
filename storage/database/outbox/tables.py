"""Messages waiting to leave: reminders, schedules, notices, webhooks."""

import uuid
from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from storage.database.base import Base, Identified


class Outbox(Identified, Base):
    """One message for the handler of its topic, not before `due_at`.

    `claimed_until` and `claim` are the lease of the deliverer at work on it.
    """

    __tablename__ = "outbox"
    __table_args__ = (
        CheckConstraint("(claim IS NULL) = (claimed_until IS NULL)", name="claim_has_end"),
        CheckConstraint("done_at IS NULL OR claim IS NULL", name="done_is_unclaimed"),
        Index(
            "ix_outbox_due",
            "due_at",
            sqlite_where=text("done_at IS NULL"),
            postgresql_where=text("done_at IS NULL"),
        ),
    )
    topic: Mapped[str] = mapped_column(String(64))
    payload: Mapped[dict[str, Any]]
    due_at: Mapped[datetime]
    unique_key: Mapped[str | None] = mapped_column(String(200), unique=True)
    created_at: Mapped[datetime]
    done_at: Mapped[datetime | None]
    attempts: Mapped[int] = mapped_column(default=0)
    last_error: Mapped[str | None] = mapped_column(String(500))
    claim: Mapped[uuid.UUID | None]
    claimed_until: Mapped[datetime | None]
