"""Change sets (維護批次) and the changes in them: staged, visible to nobody outside."""

import uuid
from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from storage.database.base import Base, Identified

ACTIONS = (
    "('image_replaced', 'image_added', 'image_withdrawn', 'page_placed', 'page_withdrawn', "
    "'entry_created', 'entry_updated', 'entry_retired')"
)


class ChangeSet(Identified, Base):
    """維護批次: everything one request would publish at once."""

    __tablename__ = "change_set"
    __table_args__ = (CheckConstraint("state IN ('open', 'published', 'closed')", name="state_known"),)
    request_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("request.id"), unique=True)
    office_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("office.id"), index=True)
    state: Mapped[str] = mapped_column(String(12), default="open")
    reverses_edition: Mapped[int | None]
    created_at: Mapped[datetime]


class Change(Identified, Base):
    """One change, naming the version it starts from (`base_*`) and the one it puts in its place (`new_*`).

    The subject is `entry_id` for entry changes, (`page_id`, `view`) for images, `page_id` for places.
    `office_id` is the office that keeps the page (保管戶所), which need not be the requester.
    A null base means that nothing was published of the subject when the change was staged.
    """

    __tablename__ = "change"
    __table_args__ = (
        CheckConstraint(f"action IN {ACTIONS}", name="action_known"),
        CheckConstraint("action NOT LIKE 'entry%' OR entry_id IS NOT NULL", name="entry_named"),
        CheckConstraint(
            "action NOT IN ('entry_created', 'entry_updated') OR new_version_id IS NOT NULL",
            name="entry_has_version",
        ),
        CheckConstraint(
            "action NOT IN ('image_replaced', 'image_added') OR new_image_id IS NOT NULL", name="image_named"
        ),
        CheckConstraint(
            "action NOT IN ('entry_updated', 'entry_retired') OR base_version_id IS NOT NULL",
            name="entry_has_base",
        ),
        CheckConstraint("action <> 'entry_created' OR base_version_id IS NULL", name="created_has_no_base"),
        CheckConstraint("action <> 'entry_retired' OR new_version_id IS NULL", name="retired_has_no_version"),
        CheckConstraint(
            "action NOT IN ('image_replaced', 'image_withdrawn') OR base_image_id IS NOT NULL",
            name="image_has_base",
        ),
        CheckConstraint("action <> 'image_added' OR base_image_id IS NULL", name="added_has_no_base"),
        CheckConstraint(
            "action <> 'page_placed' OR (new_volume_id IS NOT NULL AND new_sequence IS NOT NULL)",
            name="place_named",
        ),
        CheckConstraint("action <> 'page_withdrawn' OR base_place IS NOT NULL", name="withdrawn_has_base"),
        UniqueConstraint("change_set_id", "subject"),
        Index("ix_change_entry", "entry_id"),
        Index("ix_change_page", "page_id"),
    )
    change_set_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("change_set.id"))
    office_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("office.id"), index=True)
    item_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("request_item.id"))
    subject: Mapped[str] = mapped_column(String(80))
    action: Mapped[str] = mapped_column(String(20))
    page_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("page.id"))
    view: Mapped[int] = mapped_column(default=1)
    entry_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("entry.id"))
    base_version_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("entry_version.id"))
    new_version_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("entry_version.id"))
    base_image_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("page_image.id"))
    new_image_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("page_image.id"))
    base_place: Mapped[dict[str, Any] | None]
    new_volume_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("volume.id"))
    new_sequence: Mapped[int | None]
    least_confidence: Mapped[float | None]
    staged_by: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("account.id"))
    reviewed_by: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("account.id"))
    row_version: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime]
