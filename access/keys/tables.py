"""Station and agency API keys."""

import uuid
from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from storage.database.base import Base, Identified


class ApiKey(Identified, Base):
    """A key of a station or an agency; only its hash is kept. An agency's key acts for one account."""

    __tablename__ = "api_key"
    __table_args__ = (
        CheckConstraint("(station_id IS NULL) <> (agency_id IS NULL)", name="one_owner"),
        CheckConstraint("agency_id IS NULL OR account_id IS NOT NULL", name="agency_names_person"),
    )
    key_sha256: Mapped[str] = mapped_column(String(64), unique=True)
    hint: Mapped[str] = mapped_column(String(12))
    label: Mapped[str] = mapped_column(String(100), default="")
    station_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("station.id"), index=True)
    agency_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("agency.id"), index=True)
    account_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("account.id"))
    created_at: Mapped[datetime]
    last_used_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]
