"""What tells one page image from another, and what comparing them found."""

import uuid
from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from storage.database.base import Base, Identified


class PageTrace(Identified, Base):
    """What tells a page image from the others of its volume: a hash of its pixels, where its writing lies,
    and the page number read on it.

    `writing` is what `imaging.fingerprint.fingerprint` gives; `designation` is as read, outside the form.
    """

    __tablename__ = "page_trace"
    page_image_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("page_image.id"), unique=True)
    volume_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("volume.id"), index=True)
    office_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("office.id"), index=True)
    pixels_sha256: Mapped[str] = mapped_column(String(64), index=True)
    writing: Mapped[bytes] = mapped_column(LargeBinary)
    designation: Mapped[str | None] = mapped_column(String(32))
    designation_confidence: Mapped[float | None]
    designation_box: Mapped[list[Any]]


class PageFinding(Identified, Base):
    """A finding on a page image that took its neighbours to see; told as those in `PageImage.quality` are.

    `other_image_id` is the image that it was compared with, if there is one; `box` is empty for all of it.
    """

    __tablename__ = "page_finding"
    __table_args__ = (
        UniqueConstraint("page_image_id", "check"),
        CheckConstraint("verdict IN ('flag', 'refuse')", name="verdict_known"),
    )
    page_image_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("page_image.id"))
    office_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("office.id"), index=True)
    other_image_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("page_image.id"))
    check: Mapped[str] = mapped_column(String(32))
    value: Mapped[float]
    verdict: Mapped[str] = mapped_column(String(8), default="flag")
    box: Mapped[list[Any]]
    zh: Mapped[str] = mapped_column(String(500))
    en: Mapped[str] = mapped_column(String(500))
    created_at: Mapped[datetime]
