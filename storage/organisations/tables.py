"""Offices, agencies, local governments and scanning stations."""

import uuid
from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from storage.database.base import Base, Identified


class LocalGovernment(Identified, Base):
    """直轄市、縣(市)政府: supervises and audits offices."""

    __tablename__ = "local_government"
    code: Mapped[str] = mapped_column(String(16), unique=True)
    name: Mapped[str] = mapped_column(String(100))


class Office(Identified, Base):
    """戶政事務所: holds the paper registers and confirms what is published from them."""

    __tablename__ = "office"
    code: Mapped[str] = mapped_column(String(16), unique=True)
    name: Mapped[str] = mapped_column(String(100))
    local_government_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("local_government.id"))
    approver_must_differ: Mapped[bool] = mapped_column(default=True)


class Agency(Identified, Base):
    """連結機關: looks people up under an agreement."""

    __tablename__ = "agency"
    code: Mapped[str] = mapped_column(String(16), unique=True)
    name: Mapped[str] = mapped_column(String(100))


class Station(Identified, Base):
    """掃描站: scans an office's volumes and uploads the page images."""

    __tablename__ = "station"
    office_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("office.id"), index=True)
    code: Mapped[str] = mapped_column(String(32), unique=True)
    name: Mapped[str] = mapped_column(String(100))
    enrolled_at: Mapped[datetime]
    withdrawn_at: Mapped[datetime | None]
