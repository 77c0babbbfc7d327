"""Case folders, lookups and disclosures: every look, answered for."""

import uuid
from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from storage.database.base import Base, Identified


class CaseFolder(Identified, Base):
    """案件: why somebody looks. Opened before the first search; belongs to an agency or an office."""

    __tablename__ = "case_folder"
    __table_args__ = (CheckConstraint("(agency_id IS NULL) <> (office_id IS NULL)", name="one_organisation"),)
    agency_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("agency.id"), index=True)
    office_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("office.id"), index=True)
    agreement_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("agreement.id"))
    purpose: Mapped[str] = mapped_column(String(200))
    case_number: Mapped[str] = mapped_column(String(100))
    legal_basis: Mapped[str] = mapped_column(String(300))
    opened_by: Mapped[uuid.UUID] = mapped_column(ForeignKey("account.id"))
    opened_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]


class Lookup(Identified, Base):
    """One look, committed before anything is read. `query` is what was asked, as asked."""

    __tablename__ = "lookup"
    __table_args__ = (
        CheckConstraint("kind IN ('search', 'image')", name="kind_known"),
        CheckConstraint("outcome IN ('asked', 'answered', 'refused', 'failed')", name="outcome_known"),
        Index("ix_lookup_asked", "asked_at"),
    )
    case_folder_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("case_folder.id"), index=True)
    account_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("account.id"), index=True)
    agency_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("agency.id"), index=True)
    office_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("office.id"), index=True)
    kind: Mapped[str] = mapped_column(String(8))
    query: Mapped[dict[str, Any]]
    edition: Mapped[int]
    outcome: Mapped[str] = mapped_column(String(10), default="asked")
    receipt: Mapped[str] = mapped_column(String(40), unique=True)
    asked_at: Mapped[datetime]
    answered_at: Mapped[datetime | None]


class Disclosure(Identified, Base):
    """What one lookup showed: which version with which fields, or which image with which boxes uncovered."""

    __tablename__ = "disclosure"
    __table_args__ = (
        CheckConstraint("version_id IS NOT NULL OR image_id IS NOT NULL", name="shows_something"),
        Index("ix_disclosure_version", "version_id"),
        Index("ix_disclosure_image", "image_id"),
    )
    lookup_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("lookup.id"), index=True)
    office_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("office.id"), index=True)
    entry_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("entry.id"), index=True)
    version_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("entry_version.id"))
    image_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("page_image.id"))
    shown: Mapped[list[Any]]
    shown_at: Mapped[datetime]
