"""People's accounts and their roles."""

import uuid
from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from storage.database.base import Base, Identified


class Account(Identified, Base):
    """One person; the organisation he or she acts for is on the row, and the password is an Argon2id hash."""

    __tablename__ = "account"
    username: Mapped[str] = mapped_column(String(64), unique=True)
    display_name: Mapped[str] = mapped_column(String(100))
    password_hash: Mapped[str] = mapped_column(String(200))
    office_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("office.id"), index=True)
    agency_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("agency.id"), index=True)
    station_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("station.id"))
    local_government_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("local_government.id"))
    failed_sign_ins: Mapped[int] = mapped_column(default=0)
    locked_until: Mapped[datetime | None]
    disabled_at: Mapped[datetime | None]
    created_at: Mapped[datetime]


class AccountRole(Base):
    """A role an account holds (see access.permissions)."""

    __tablename__ = "account_role"
    account_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("account.id"), primary_key=True)
    role: Mapped[str] = mapped_column(String(32), primary_key=True)
