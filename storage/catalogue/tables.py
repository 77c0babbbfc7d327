"""The archive itself: volumes, pages and page images."""

import uuid
from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from imaging.half_side import HalfSide
from storage.database.base import Base, Identified

SIDES = "('right', 'left')"
"""The half of a double-page spread that a page is."""


class Volume(Identified, Base):
    """簿冊: one register book of one office. `designation` is the 冊號 as the office writes it."""

    __tablename__ = "volume"
    __table_args__ = (UniqueConstraint("office_id", "designation"),)
    office_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("office.id"))
    series_key: Mapped[str] = mapped_column(String(64))
    designation: Mapped[str] = mapped_column(String(64))
    title: Mapped[str] = mapped_column(String(200), default="")
    place: Mapped[str] = mapped_column(String(200), default="")
    period_from: Mapped[str] = mapped_column(String(40), default="")
    period_to: Mapped[str] = mapped_column(String(40), default="")
    expected_pages: Mapped[int | None]
    created_at: Mapped[datetime]


class Page(Identified, Base):
    """簿頁: one leaf side of a volume. Its published place may move; its identity does not."""

    __tablename__ = "page"
    __table_args__ = (UniqueConstraint("volume_id", "designation"),)
    volume_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("volume.id"))
    office_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("office.id"), index=True)
    designation: Mapped[str] = mapped_column(String(32))
    sequence: Mapped[int]
    created_at: Mapped[datetime]


class PageImage(Identified, Base):
    """One immutable image of one view of a page, with its derivative and the transform between the two.

    Whichever run read it last says whether its turn is told (the finding `orientation`), and may stand its
    derivative upright; nothing else of it changes.

    `master_key` is a content key in object storage; `transform` maps master pixels to derivative pixels;
    `derivative_layout` keeps the pyramid's tile offsets; `quality` lists the findings of the quality checks.
    `side` names the half of a double-page spread that it shows: both halves share one master, whole.
    """

    __tablename__ = "page_image"
    __table_args__ = (
        # In a unique key NULL differs from NULL: whole frames and halves need a key each.
        Index(
            "uq_page_image_one_a_frame",
            "page_id",
            "view",
            "master_sha256",
            "frame",
            unique=True,
            sqlite_where=text("side IS NULL"),
            postgresql_where=text("side IS NULL"),
        ),
        Index(
            "uq_page_image_one_a_half",
            "page_id",
            "view",
            "master_sha256",
            "frame",
            "side",
            unique=True,
            sqlite_where=text("side IS NOT NULL"),
            postgresql_where=text("side IS NOT NULL"),
        ),
        # One file's same frame in every volume; a file may have a thousand frames.
        Index("ix_page_image_of_one_file", "master_sha256", "frame"),
        CheckConstraint(f"side IN {SIDES}", name="side_known"),
        CheckConstraint("width > 0 AND height > 0", name="has_size"),
        CheckConstraint("view >= 1", name="view_counts_from_one"),
    )
    page_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("page.id"))
    office_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("office.id"), index=True)
    view: Mapped[int] = mapped_column(default=1)
    master_key: Mapped[str] = mapped_column(String(120))
    master_sha256: Mapped[str] = mapped_column(String(64))
    frame: Mapped[int] = mapped_column(default=0)
    side: Mapped[HalfSide | None] = mapped_column(String(5))
    media_type: Mapped[str] = mapped_column(String(40))
    width: Mapped[int]
    height: Mapped[int]
    ppi: Mapped[float | None]
    derivative_key: Mapped[str] = mapped_column(String(120))
    derivative_width: Mapped[int]
    derivative_height: Mapped[int]
    derivative_layout: Mapped[dict[str, Any]]
    thumbnail_key: Mapped[str] = mapped_column(String(120))
    transform: Mapped[dict[str, Any]]
    quality: Mapped[list[Any]]
    flagged: Mapped[bool]
    uploaded_by: Mapped[uuid.UUID | None]
    created_at: Mapped[datetime]
