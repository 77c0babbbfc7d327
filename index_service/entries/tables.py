"""Entries (索引) and their immutable versions."""

import uuid
from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, Connection, ForeignKey, Index, String, UniqueConstraint, event
from sqlalchemy.orm import Mapped, Mapper, mapped_column

from storage.database.base import Base, Identified


class Entry(Identified, Base):
    """索引: a stable identity for what one line of a register says of one person."""

    __tablename__ = "entry"
    office_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("office.id"), index=True)
    series_key: Mapped[str] = mapped_column(String(64))
    created_at: Mapped[datetime]


class EntryVersion(Identified, Base):
    """What an entry says, immutable.

    `fields` maps a series' field key to {"text", "confidence", "box", "alternatives", "provenance",
    "confirmed_by", "parsed"?, "inferred"?, "inks"?}; boxes are [x0, y0, x1, y1] in pixels of
    `image_id`'s master frame, as is `region`. `provenance` is "recognised", "edited" or "loaded".
    """

    __tablename__ = "entry_version"
    __table_args__ = (
        UniqueConstraint("entry_id", "number"),
        CheckConstraint("number >= 1", name="number_counts_from_one"),
        CheckConstraint("region IS NULL OR image_id IS NOT NULL", name="region_names_image"),
        Index("ix_entry_version_page", "page_id"),
    )
    entry_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("entry.id"))
    office_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("office.id"), index=True)
    number: Mapped[int]
    page_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("page.id"))
    image_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("page_image.id"))
    ordinal: Mapped[int] = mapped_column(default=0)
    region: Mapped[list[Any] | None]
    fields: Mapped[dict[str, Any]]
    least_confidence: Mapped[float]
    created_by: Mapped[uuid.UUID | None]
    created_at: Mapped[datetime]


@event.listens_for(EntryVersion, "before_update")
def _refuse_update(_mapper: Mapper[Any], _connection: Connection, version: EntryVersion) -> None:
    """Fail loudly where code would alter a version: it may stand published, and was shown as it is."""
    raise AssertionError(f"version {version.id} is immutable; write the next one instead")
