"""Rows that ingest advances and screens show: batches, uploads, processing runs, recognition results."""

import uuid
from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from imaging.half_side import HalfSide
from storage.catalogue.tables import SIDES
from storage.database.base import Base, Identified

BATCH_STATES = "('receiving', 'processing', 'processed')"
FILE_STATES = "('expected', 'stored', 'refused')"
PAGE_STATES = "('expected', 'pending', 'done', 'failed', 'refused', 'set_aside')"
RUN_STATES = "('pending', 'running', 'done', 'failed')"


class Batch(Identified, Base):
    """One delivery of a station for one volume, as its manifest declares it; or one load of a file.

    A load (`purpose` 'load') has no station and no pages here: its idempotency key names the file.
    `request_id` names the request that a rescan answers; its pages exist already and get new images.
    """

    __tablename__ = "batch"
    __table_args__ = (
        UniqueConstraint("station_id", "idempotency_key"),
        CheckConstraint(f"state IN {BATCH_STATES}", name="state_known"),
        CheckConstraint("(purpose = 'load') = (station_id IS NULL)", name="station_unless_load"),
        Index(
            "uq_batch_one_load_a_file",
            "volume_id",
            "idempotency_key",
            unique=True,
            sqlite_where=text("purpose = 'load'"),
            postgresql_where=text("purpose = 'load'"),
        ),
    )
    station_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("station.id"))
    office_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("office.id"), index=True)
    volume_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("volume.id"), index=True)
    idempotency_key: Mapped[str] = mapped_column(String(100))
    manifest_sha256: Mapped[str] = mapped_column(String(64))
    purpose: Mapped[str] = mapped_column(String(16), default="first_load")
    request_id: Mapped[uuid.UUID | None] = mapped_column(index=True)
    state: Mapped[str] = mapped_column(String(16), default="receiving")
    declared_at: Mapped[datetime]
    processed_at: Mapped[datetime | None]


class BatchFile(Identified, Base):
    """One file of a batch: what the manifest declared, and what became of it.

    `frames_designation` stands where the manifest lists no pages: the frames' pages are named after it.
    """

    __tablename__ = "batch_file"
    __table_args__ = (
        UniqueConstraint("batch_id", "ordinal"),
        UniqueConstraint("batch_id", "name"),
        CheckConstraint(f"state IN {FILE_STATES}", name="state_known"),
        CheckConstraint("(state = 'stored') = (object_key IS NOT NULL)", name="stored_has_key"),
    )
    batch_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("batch.id"))
    office_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("office.id"), index=True)
    ordinal: Mapped[int]
    name: Mapped[str] = mapped_column(String(255))
    sha256: Mapped[str] = mapped_column(String(64))
    size: Mapped[int]
    frames_designation: Mapped[str | None] = mapped_column(String(32))
    media_type: Mapped[str | None] = mapped_column(String(40))
    state: Mapped[str] = mapped_column(String(16), default="expected")
    refusal: Mapped[dict[str, Any] | None]
    object_key: Mapped[str | None] = mapped_column(String(120))
    stored_at: Mapped[datetime | None]


class BatchPage(Identified, Base):
    """One page of a batch: a file and a frame in it, or its one side, bound to its page of the volume."""

    __tablename__ = "batch_page"
    __table_args__ = (
        Index(
            "uq_batch_page_one_a_frame",
            "file_id",
            "frame",
            unique=True,
            sqlite_where=text("side IS NULL"),
            postgresql_where=text("side IS NULL"),
        ),
        Index(
            "uq_batch_page_one_a_half",
            "file_id",
            "frame",
            "side",
            unique=True,
            sqlite_where=text("side IS NOT NULL"),
            postgresql_where=text("side IS NOT NULL"),
        ),
        UniqueConstraint("batch_id", "page_id", "view"),
        CheckConstraint(f"side IN {SIDES}", name="side_known"),
        CheckConstraint(f"state IN {PAGE_STATES}", name="state_known"),
        CheckConstraint("(state = 'done') = (page_image_id IS NOT NULL)", name="done_has_image"),
    )
    batch_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("batch.id"), index=True)
    office_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("office.id"), index=True)
    file_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("batch_file.id"))
    frame: Mapped[int]
    side: Mapped[HalfSide | None] = mapped_column(String(5))
    page_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("page.id"), index=True)
    view: Mapped[int] = mapped_column(default=1)
    state: Mapped[str] = mapped_column(String(16), default="expected")
    set_aside_reason: Mapped[str | None] = mapped_column(String(500))
    page_image_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("page_image.id"))


class Upload(Identified, Base):
    """One resumable upload of one file, to `incoming/<id>` and never to a content key."""

    __tablename__ = "upload"
    __table_args__ = (
        CheckConstraint("state IN ('open', 'complete', 'refused', 'aborted')", name="state_known"),
        Index(
            "uq_upload_one_open_a_file",
            "file_id",
            unique=True,
            sqlite_where=text("state = 'open'"),
            postgresql_where=text("state = 'open'"),
        ),
    )
    file_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("batch_file.id"), index=True)
    office_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("office.id"), index=True)
    store_reference: Mapped[str] = mapped_column(String(500))
    part_size: Mapped[int]
    state: Mapped[str] = mapped_column(String(16), default="open")
    created_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]


class Rerun(Identified, Base):
    """A volume's images, published or not yet reviewed, read once more: a newer engine, or another series.

    `counts` says what came of it, `request_id` names the first request opened for what differs, if any does.
    Once all is read, it is settled step by step: `settled_to` is the last run compared with what stands.
    """

    __tablename__ = "rerun"
    __table_args__ = (
        CheckConstraint("state IN ('reading', 'read')", name="state_known"),
        CheckConstraint("state <> 'read' OR counts IS NOT NULL", name="read_has_counts"),
        Index(
            "uq_rerun_one_under_way",
            "volume_id",
            unique=True,
            sqlite_where=text("state = 'reading'"),
            postgresql_where=text("state = 'reading'"),
        ),
    )
    volume_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("volume.id"))
    office_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("office.id"), index=True)
    series_key: Mapped[str] = mapped_column(String(64))
    ordered_by: Mapped[uuid.UUID]
    state: Mapped[str] = mapped_column(String(8), default="reading")
    request_id: Mapped[uuid.UUID | None]
    settled_to: Mapped[uuid.UUID | None]
    counts: Mapped[dict[str, Any] | None]
    created_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]


class ProcessingRun(Identified, Base):
    """The work owed to one page. The worker that holds the lease and the token may write its result.

    A run of a rerun only reads the page's image again; neither changes but for how the image is turned.
    """

    __tablename__ = "processing_run"
    __table_args__ = (
        CheckConstraint(f"state IN {RUN_STATES}", name="state_known"),
        CheckConstraint("(state = 'running') = (lease_until IS NOT NULL)", name="running_has_lease"),
        Index("ix_processing_run_due", "state", "lease_until"),
        Index(
            "uq_processing_run_one_live_a_page",
            "batch_page_id",
            unique=True,
            sqlite_where=text("state <> 'failed' AND rerun_id IS NULL"),
            postgresql_where=text("state <> 'failed' AND rerun_id IS NULL"),
        ),
        Index(
            "uq_processing_run_one_a_rerun",
            "rerun_id",
            "batch_page_id",
            unique=True,
            sqlite_where=text("rerun_id IS NOT NULL"),
            postgresql_where=text("rerun_id IS NOT NULL"),
        ),
    )
    batch_page_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("batch_page.id"), index=True)
    rerun_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("rerun.id"))
    office_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("office.id"), index=True)
    state: Mapped[str] = mapped_column(String(16), default="pending")
    attempts: Mapped[int] = mapped_column(default=0)
    token: Mapped[int] = mapped_column(default=0)
    worker: Mapped[str | None] = mapped_column(String(100))
    lease_until: Mapped[datetime | None]
    error: Mapped[dict[str, Any] | None]
    timings: Mapped[dict[str, Any] | None]
    created_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]


class RecognitionResult(Identified, Base):
    """What one committed run read on one page image: lines, household fields, proposed entries.

    `alto_key` is the content key of the whole text as ALTO 4.
    """

    __tablename__ = "recognition_result"
    run_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("processing_run.id"), unique=True)
    page_image_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("page_image.id"), index=True)
    office_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("office.id"), index=True)
    engine: Mapped[str] = mapped_column(String(100))
    series_key: Mapped[str] = mapped_column(String(64))
    lines: Mapped[list[Any]]
    proposals: Mapped[list[Any]]
    alto_key: Mapped[str] = mapped_column(String(120))
    created_at: Mapped[datetime]
