"""Audit events, the hash chain over them, and the personal data they commit to."""

import uuid
from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from storage.database.base import Base, Identified


class AuditEvent(Identified, Base):
    """One thing that somebody did. Inserted unchained; the sealer gives it position and hashes.

    `facts` holds no personal data in the clear: such values stand there as salted commitments, and the
    values with their salts in AuditSecret, which can be destroyed without breaking the chain.
    """

    __tablename__ = "audit_event"
    __table_args__ = (
        CheckConstraint("(position IS NULL) = (chain_hash IS NULL)", name="sealed_whole"),
        Index(
            "ix_audit_event_unsealed",
            "occurred_at",
            sqlite_where=text("position IS NULL"),
            postgresql_where=text("position IS NULL"),
        ),
        Index("ix_audit_event_subject", "subject_kind", "subject_id"),
    )
    occurred_at: Mapped[datetime]
    actor_kind: Mapped[str] = mapped_column(String(16))
    actor_id: Mapped[uuid.UUID | None]
    organisation_id: Mapped[uuid.UUID | None] = mapped_column(index=True)
    action: Mapped[str] = mapped_column(String(64))
    subject_kind: Mapped[str] = mapped_column(String(32))
    subject_id: Mapped[str] = mapped_column(String(64))
    facts: Mapped[dict[str, Any]]
    position: Mapped[int | None] = mapped_column(unique=True)
    previous_hash: Mapped[str | None] = mapped_column(String(64))
    chain_hash: Mapped[str | None] = mapped_column(String(64))
    sealed_at: Mapped[datetime | None]


class AuditSecret(Base):
    """A personal value behind a commitment in an event's facts."""

    __tablename__ = "audit_secret"
    event_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("audit_event.id"), primary_key=True)
    field: Mapped[str] = mapped_column(String(64), primary_key=True)
    salt: Mapped[str] = mapped_column(String(64))
    value: Mapped[str]


class AuditSealer(Base):
    """The one row whose lease decides which sealer may extend the chain."""

    __tablename__ = "audit_sealer"
    id: Mapped[int] = mapped_column(primary_key=True)
    holder: Mapped[str | None] = mapped_column(String(100))
    lease_until: Mapped[datetime | None]
    head_position: Mapped[int] = mapped_column(default=0)
    head_hash: Mapped[str] = mapped_column(String(64))
