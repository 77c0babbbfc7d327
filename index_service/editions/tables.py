"""Editions (版次): what is published, from which number to which; and holds."""

import uuid
from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, declared_attr, mapped_column

from storage.database.base import Base, Identified


class EditionHead(Base):
    """The one row that a publishing transaction locks, so that commit order is number order."""

    __tablename__ = "edition_head"
    __table_args__ = (CheckConstraint("id = 1", name="only_one"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[int]


class Edition(Base):
    """版次: one atomic publication of one change set."""

    __tablename__ = "edition"
    __table_args__ = (
        CheckConstraint("number >= 1", name="number_counts_from_one"),
        CheckConstraint("reverses IS NULL OR reverses < number", name="reverses_an_earlier_one"),
    )
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    change_set_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("change_set.id"), unique=True)
    request_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("request.id"), index=True)
    office_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("office.id"), index=True)
    published_by: Mapped[uuid.UUID] = mapped_column(ForeignKey("account.id"))
    published_at: Mapped[datetime]
    reverses: Mapped[int | None] = mapped_column(ForeignKey("edition.number"))


class Span:
    """The editions `[from_edition, to_edition)` in which something stands published."""

    from_edition: Mapped[int] = mapped_column(index=True)
    to_edition: Mapped[int | None] = mapped_column(index=True)

    @declared_attr
    def office_id(cls) -> Mapped[uuid.UUID]:
        """Return the column of the office whose register this is."""
        return mapped_column(ForeignKey("office.id"), index=True)


def _one_open(name: str, *columns: str) -> Index:
    return Index(
        name,
        *columns,
        unique=True,
        sqlite_where=text("to_edition IS NULL"),
        postgresql_where=text("to_edition IS NULL"),
    )


class PublishedEntry(Identified, Span, Base):
    """Which version of an entry stands published, and in which editions."""

    __tablename__ = "published_entry"
    __table_args__ = (
        CheckConstraint("to_edition IS NULL OR to_edition > from_edition", name="span_not_empty"),
        _one_open("uq_published_entry_open", "entry_id"),
        Index("ix_published_entry_version", "version_id"),
        Index("ix_published_entry_entry", "entry_id", "from_edition"),
    )
    entry_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("entry.id"))
    version_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("entry_version.id"))


class PublishedImage(Identified, Span, Base):
    """Which image of a page's view stands published."""

    __tablename__ = "published_image"
    __table_args__ = (
        CheckConstraint("to_edition IS NULL OR to_edition > from_edition", name="span_not_empty"),
        _one_open("uq_published_image_open", "page_id", "view"),
        Index("ix_published_image_page", "page_id", "from_edition"),
        Index("ix_published_image_image", "image_id"),
    )
    page_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("page.id"))
    view: Mapped[int]
    image_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("page_image.id"))


class PublishedPlace(Identified, Span, Base):
    """Where a page stands: in which volume, as which in sequence. Two pages may not share a place."""

    __tablename__ = "published_place"
    __table_args__ = (
        CheckConstraint("to_edition IS NULL OR to_edition > from_edition", name="span_not_empty"),
        _one_open("uq_published_place_open", "page_id"),
        _one_open("uq_published_place_taken", "volume_id", "sequence"),
        Index("ix_published_place_page", "page_id", "from_edition"),
    )
    page_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("page.id"))
    volume_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("volume.id"))
    sequence: Mapped[int]


class Hold(Identified, Base):
    """暫停提供查詢: hides an entry or a page's image at once, in every edition; publishes nothing.

    Proposed by one person, in force when a second approves it; looked at again at `review_by`.
    """

    __tablename__ = "hold"
    __table_args__ = (
        CheckConstraint("(entry_id IS NULL) <> (image_id IS NULL)", name="one_subject"),
        CheckConstraint("approved_by IS NULL OR approved_by <> proposed_by", name="two_people"),
        CheckConstraint("(approved_by IS NULL) = (in_force_from IS NULL)", name="in_force_when_approved"),
        CheckConstraint(
            "(lifted_at IS NULL AND lifted_by IS NULL AND lifted_reason IS NULL) OR "
            "(lifted_at IS NOT NULL AND lifted_by IS NOT NULL AND lifted_reason IS NOT NULL)",
            name="lifted_with_reason",
        ),
        Index("ix_hold_entry", "entry_id"),
        Index("ix_hold_image", "image_id"),
    )
    office_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("office.id"), index=True)
    entry_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("entry.id"))
    image_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("page_image.id"))
    reason: Mapped[str] = mapped_column(String(500))
    proposed_by: Mapped[uuid.UUID] = mapped_column(ForeignKey("account.id"))
    proposed_at: Mapped[datetime]
    approved_by: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("account.id"))
    in_force_from: Mapped[datetime | None]
    review_by: Mapped[datetime]
    lifted_by: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("account.id"))
    lifted_at: Mapped[datetime | None]
    lifted_reason: Mapped[str | None] = mapped_column(String(500))
