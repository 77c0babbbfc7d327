"""Requests (申請), their items, history, openings and confirmations."""

import uuid
from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from storage.database.base import Base, Identified

STATES = (
    "('draft', 'submitted', 'returned', 'withdrawn', 'accepted', 'rejected', 'merged', 'in_maintenance', "
    "'awaiting_office', 'awaiting_rescan', 'awaiting_confirmation', 'confirmed', 'published', 'cancelled')"
)
KINDS = "('first_load', 'image_rebuild', 'index_correction', 'entry_creation')"


class Request(Identified, Base):
    """申請: what an office (or the ministry, 依職權) asks to have mended, and how far it has come.

    `state` changes nowhere but in index_service.requests.operations.transition. `row_version` is the ETag.
    `due_on` stands still from `stood_still_since`. `whole_volume_required`: a sampled page of a first load
    was disputed. `pages_fixed` is what a child of a first load took over: {"delivery", "pages"} to be opened.
    """

    __tablename__ = "request"
    __table_args__ = (
        CheckConstraint(f"state IN {STATES}", name="state_known"),
        CheckConstraint(f"kind IN {KINDS}", name="kind_known"),
        CheckConstraint("kind <> 'first_load' OR batch_id IS NOT NULL", name="first_load_has_batch"),
        CheckConstraint("state <> 'merged' OR survivor_id IS NOT NULL", name="merged_has_survivor"),
        CheckConstraint(
            "state NOT IN ('in_maintenance', 'awaiting_confirmation', 'confirmed', 'published') "
            "OR operator_id IS NOT NULL OR kind = 'first_load'",
            name="maintained_by_someone",
        ),
        Index(
            "uq_request_one_first_load_a_batch",
            "batch_id",
            unique=True,
            sqlite_where=text("kind = 'first_load' AND parent_id IS NULL"),
            postgresql_where=text("kind = 'first_load' AND parent_id IS NULL"),
        ),
        Index("ix_request_state", "state", "office_id"),
    )
    number: Mapped[str] = mapped_column(String(32), unique=True)
    kind: Mapped[str] = mapped_column(String(20))
    state: Mapped[str] = mapped_column(String(24))
    office_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("office.id"))
    series_key: Mapped[str] = mapped_column(String(64))
    letter_number: Mapped[str] = mapped_column(String(64), default="")
    contact: Mapped[str] = mapped_column(String(200), default="")
    grounds: Mapped[str] = mapped_column(default="")
    batch_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("batch.id"))
    parent_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("request.id"))
    survivor_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("request.id"))
    drafted_by: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("account.id"))
    approved_by: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("account.id"))
    operator_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("account.id"), index=True)
    delivery: Mapped[int] = mapped_column(default=0)
    due_on: Mapped[datetime | None]
    stood_still_since: Mapped[datetime | None]
    whole_volume_required: Mapped[bool] = mapped_column(default=False)
    pages_fixed: Mapped[dict[str, Any] | None]
    created_at: Mapped[datetime]
    row_version: Mapped[int] = mapped_column(default=1)


class RequestItem(Identified, Base):
    """One thing wrong: where, what stands now, what should stand, and why."""

    __tablename__ = "request_item"
    __table_args__ = (UniqueConstraint("request_id", "ordinal"),)
    request_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("request.id"))
    office_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("office.id"), index=True)
    ordinal: Mapped[int]
    fault_code: Mapped[str] = mapped_column(String(32))
    volume_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("volume.id"))
    page_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("page.id"), index=True)
    entry_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("entry.id"), index=True)
    field_key: Mapped[str | None] = mapped_column(String(64))
    stands_now: Mapped[str] = mapped_column(default="")
    should_stand: Mapped[str] = mapped_column(default="")
    result: Mapped[str] = mapped_column(default="")


class RequestHistory(Identified, Base):
    """One transition: written in the transaction that changed the status, never changed after."""

    __tablename__ = "request_history"
    __table_args__ = (
        UniqueConstraint("request_id", "step"),
        CheckConstraint(f"to_state IN {STATES}", name="to_state_known"),
        CheckConstraint("step >= 1", name="step_counts_from_one"),
    )
    request_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("request.id"))
    office_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("office.id"), index=True)
    step: Mapped[int]
    action: Mapped[str] = mapped_column(String(24))
    from_state: Mapped[str | None] = mapped_column(String(24))
    to_state: Mapped[str] = mapped_column(String(24))
    actor_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("account.id"))
    delivery: Mapped[int]
    reasons: Mapped[list[Any]]
    at: Mapped[datetime]


class Opening(Identified, Base):
    """The after-image and values of one page of one delivery were served to this person."""

    __tablename__ = "opening"
    __table_args__ = (
        UniqueConstraint("request_id", "delivery", "account_id", "page_id", "part"),
        CheckConstraint("part = 'values' OR part LIKE 'image%'", name="part_known"),
    )
    request_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("request.id"))
    office_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("office.id"), index=True)
    delivery: Mapped[int]
    account_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("account.id"))
    page_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("page.id"))
    part: Mapped[str] = mapped_column(String(8))
    at: Mapped[datetime]


class Confirmation(Identified, Base):
    """One office's word that index and image of one delivery are right."""

    __tablename__ = "confirmation"
    __table_args__ = (UniqueConstraint("request_id", "delivery", "office_id"),)
    request_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("request.id"))
    office_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("office.id"), index=True)
    delivery: Mapped[int]
    account_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("account.id"))
    at: Mapped[datetime]
    voided_at: Mapped[datetime | None]


class RescanOrder(Identified, Base):
    """One page's view that a station is asked to scan again; answered by the batch that brought it."""

    __tablename__ = "rescan_order"
    __table_args__ = (
        CheckConstraint("(answered_at IS NULL) = (batch_id IS NULL)", name="answered_by_batch"),
        Index(
            "uq_rescan_order_open",
            "request_id",
            "page_id",
            "view",
            unique=True,
            sqlite_where=text("answered_at IS NULL"),
            postgresql_where=text("answered_at IS NULL"),
        ),
    )
    request_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("request.id"), index=True)
    office_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("office.id"), index=True)
    page_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("page.id"))
    view: Mapped[int] = mapped_column(default=1)
    reason: Mapped[str] = mapped_column(String(500))
    ordered_at: Mapped[datetime]
    answered_at: Mapped[datetime | None]
    batch_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("batch.id"))


class RequestCounter(Base):
    """The last number given to a request in one year of the Republic."""

    __tablename__ = "request_counter"
    year: Mapped[int] = mapped_column(primary_key=True)
    last: Mapped[int]
