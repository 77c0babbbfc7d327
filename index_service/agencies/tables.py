"""What linked agencies (連結機關) may look up, and why."""

import uuid
from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from storage.database.base import Base, Identified


class Agreement(Identified, Base):
    """An approved application to link: legal basis, purposes, granted fields and series, term, custodian.

    `fields` maps a series key to the list of granted field keys; `office_codes` null means the whole country.
    """

    __tablename__ = "agreement"
    __table_args__ = (CheckConstraint("valid_until > valid_from", name="term_not_empty"),)
    agency_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("agency.id"), index=True)
    legal_basis: Mapped[str] = mapped_column(String(300))
    purposes: Mapped[list[Any]]
    fields: Mapped[dict[str, Any]]
    office_codes: Mapped[list[Any] | None]
    whole_pages: Mapped[bool] = mapped_column(default=False)
    custodian: Mapped[str] = mapped_column(String(100))
    valid_from: Mapped[datetime]
    valid_until: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    created_at: Mapped[datetime]
