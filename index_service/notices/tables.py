"""Notices: who was told what."""

import uuid
from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from storage.database.base import Base, Identified


class Notice(Identified, Base):
    """One message to an office, an agency or the ministry (both null), told once a `unique_key`."""

    __tablename__ = "notice"
    __table_args__ = (CheckConstraint("office_id IS NULL OR agency_id IS NULL", name="one_addressee"),)
    office_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("office.id"), index=True)
    agency_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("agency.id"), index=True)
    request_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("request.id"))
    kind: Mapped[str] = mapped_column(String(32))
    details: Mapped[dict[str, Any]]
    unique_key: Mapped[str] = mapped_column(String(200), unique=True)
    created_at: Mapped[datetime]
    read_at: Mapped[datetime | None]
    read_by: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("account.id"))
