"""What was answered under an idempotency key."""

import uuid
from datetime import datetime
from typing import Any

from sqlalchemy import String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from storage.database.base import Base, Identified


class IdempotentAnswer(Identified, Base):
    """The answer once given to one party's key, so that a repeat gets it again and creates nothing."""

    __tablename__ = "idempotent_answer"
    __table_args__ = (UniqueConstraint("owner_id", "key"),)
    owner_id: Mapped[uuid.UUID]
    key: Mapped[str] = mapped_column(String(200))
    route: Mapped[str] = mapped_column(String(200))
    body_sha256: Mapped[str] = mapped_column(String(64))
    status: Mapped[int]
    answer: Mapped[dict[str, Any]]
    created_at: Mapped[datetime]
