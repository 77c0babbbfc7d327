"""The first tables of storage_intake."""

import sqlalchemy as sa
from alembic import op

from storage.database.types import Json, UtcDateTime

revision: str = "storage_intake"
down_revision: str | None = "storage_catalogue"
branch_labels: str | None = None
depends_on: str | None = None


def upgrade() -> None:
    """Step forward."""
    op.create_table(
        "batch",
        sa.Column("station_id", sa.Uuid(), nullable=True),
        sa.Column("office_id", sa.Uuid(), nullable=False),
        sa.Column("volume_id", sa.Uuid(), nullable=False),
        sa.Column("idempotency_key", sa.String(length=100), nullable=False),
        sa.Column("manifest_sha256", sa.String(length=64), nullable=False),
        sa.Column("purpose", sa.String(length=16), nullable=False),
        sa.Column("request_id", sa.Uuid(), nullable=True),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("declared_at", UtcDateTime(), nullable=False),
        sa.Column("processed_at", UtcDateTime(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "(purpose = 'load') = (station_id IS NULL)", name=op.f("ck_batch_station_unless_load")
        ),
        sa.CheckConstraint(
            "state IN ('receiving', 'processing', 'processed')", name=op.f("ck_batch_state_known")
        ),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name=op.f("fk_batch_office_id")),
        sa.ForeignKeyConstraint(["station_id"], ["station.id"], name=op.f("fk_batch_station_id")),
        sa.ForeignKeyConstraint(["volume_id"], ["volume.id"], name=op.f("fk_batch_volume_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_batch")),
        sa.UniqueConstraint(
            "station_id", "idempotency_key", name=op.f("uq_batch_station_id_idempotency_key")
        ),
    )
    op.create_index(op.f("ix_batch_office_id"), "batch", ["office_id"], unique=False)
    op.create_index(op.f("ix_batch_request_id"), "batch", ["request_id"], unique=False)
    op.create_index(op.f("ix_batch_volume_id"), "batch", ["volume_id"], unique=False)
    op.create_index(
        "uq_batch_one_load_a_file",
        "batch",
        ["volume_id", "idempotency_key"],
        unique=True,
        sqlite_where=sa.text("purpose = 'load'"),
        postgresql_where=sa.text("purpose = 'load'"),
    )
    op.create_table(
        "rerun",
        sa.Column("volume_id", sa.Uuid(), nullable=False),
        sa.Column("office_id", sa.Uuid(), nullable=False),
        sa.Column("series_key", sa.String(length=64), nullable=False),
        sa.Column("ordered_by", sa.Uuid(), nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("request_id", sa.Uuid(), nullable=True),
        sa.Column("settled_to", sa.Uuid(), nullable=True),
        sa.Column("counts", Json, nullable=True),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("finished_at", UtcDateTime(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("state <> 'read' OR counts IS NOT NULL", name=op.f("ck_rerun_read_has_counts")),
        sa.CheckConstraint("state IN ('reading', 'read')", name=op.f("ck_rerun_state_known")),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name=op.f("fk_rerun_office_id")),
        sa.ForeignKeyConstraint(["volume_id"], ["volume.id"], name=op.f("fk_rerun_volume_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rerun")),
    )
    op.create_index(op.f("ix_rerun_office_id"), "rerun", ["office_id"], unique=False)
    op.create_index(
        "uq_rerun_one_under_way",
        "rerun",
        ["volume_id"],
        unique=True,
        sqlite_where=sa.text("state = 'reading'"),
        postgresql_where=sa.text("state = 'reading'"),
    )
    op.create_table(
        "batch_file",
        sa.Column("batch_id", sa.Uuid(), nullable=False),
        sa.Column("office_id", sa.Uuid(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=255), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("frames_designation", sa.String(length=32), nullable=True),
        sa.Column("media_type", sa.String(length=40), nullable=True),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("refusal", Json, nullable=True),
        sa.Column("object_key", sa.String(length=120), nullable=True),
        sa.Column("stored_at", UtcDateTime(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "(state = 'stored') = (object_key IS NOT NULL)", name=op.f("ck_batch_file_stored_has_key")
        ),
        sa.CheckConstraint(
            "state IN ('expected', 'stored', 'refused')", name=op.f("ck_batch_file_state_known")
        ),
        sa.ForeignKeyConstraint(["batch_id"], ["batch.id"], name=op.f("fk_batch_file_batch_id")),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name=op.f("fk_batch_file_office_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_batch_file")),
        sa.UniqueConstraint("batch_id", "name", name=op.f("uq_batch_file_batch_id_name")),
        sa.UniqueConstraint("batch_id", "ordinal", name=op.f("uq_batch_file_batch_id_ordinal")),
    )
    op.create_index(op.f("ix_batch_file_office_id"), "batch_file", ["office_id"], unique=False)
    op.create_table(
        "batch_page",
        sa.Column("batch_id", sa.Uuid(), nullable=False),
        sa.Column("office_id", sa.Uuid(), nullable=False),
        sa.Column("file_id", sa.Uuid(), nullable=False),
        sa.Column("frame", sa.Integer(), nullable=False),
        sa.Column("side", sa.String(length=5), nullable=True),
        sa.Column("page_id", sa.Uuid(), nullable=False),
        sa.Column("view", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("set_aside_reason", sa.String(length=500), nullable=True),
        sa.Column("page_image_id", sa.Uuid(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "(state = 'done') = (page_image_id IS NOT NULL)", name=op.f("ck_batch_page_done_has_image")
        ),
        sa.CheckConstraint("side IN ('right', 'left')", name=op.f("ck_batch_page_side_known")),
        sa.CheckConstraint(
            "state IN ('expected', 'pending', 'done', 'failed', 'refused', 'set_aside')",
            name=op.f("ck_batch_page_state_known"),
        ),
        sa.ForeignKeyConstraint(["batch_id"], ["batch.id"], name=op.f("fk_batch_page_batch_id")),
        sa.ForeignKeyConstraint(["file_id"], ["batch_file.id"], name=op.f("fk_batch_page_file_id")),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name=op.f("fk_batch_page_office_id")),
        sa.ForeignKeyConstraint(["page_id"], ["page.id"], name=op.f("fk_batch_page_page_id")),
        sa.ForeignKeyConstraint(
            ["page_image_id"], ["page_image.id"], name=op.f("fk_batch_page_page_image_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_batch_page")),
        sa.UniqueConstraint("batch_id", "page_id", "view", name=op.f("uq_batch_page_batch_id_page_id_view")),
    )
    op.create_index(op.f("ix_batch_page_batch_id"), "batch_page", ["batch_id"], unique=False)
    op.create_index(op.f("ix_batch_page_office_id"), "batch_page", ["office_id"], unique=False)
    op.create_index(op.f("ix_batch_page_page_id"), "batch_page", ["page_id"], unique=False)
    op.create_index(
        "uq_batch_page_one_a_frame",
        "batch_page",
        ["file_id", "frame"],
        unique=True,
        sqlite_where=sa.text("side IS NULL"),
        postgresql_where=sa.text("side IS NULL"),
    )
    op.create_index(
        "uq_batch_page_one_a_half",
        "batch_page",
        ["file_id", "frame", "side"],
        unique=True,
        sqlite_where=sa.text("side IS NOT NULL"),
        postgresql_where=sa.text("side IS NOT NULL"),
    )
    op.create_table(
        "upload",
        sa.Column("file_id", sa.Uuid(), nullable=False),
        sa.Column("office_id", sa.Uuid(), nullable=False),
        sa.Column("store_reference", sa.String(length=500), nullable=False),
        sa.Column("part_size", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("finished_at", UtcDateTime(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "state IN ('open', 'complete', 'refused', 'aborted')", name=op.f("ck_upload_state_known")
        ),
        sa.ForeignKeyConstraint(["file_id"], ["batch_file.id"], name=op.f("fk_upload_file_id")),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name=op.f("fk_upload_office_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_upload")),
    )
    op.create_index(op.f("ix_upload_file_id"), "upload", ["file_id"], unique=False)
    op.create_index(op.f("ix_upload_office_id"), "upload", ["office_id"], unique=False)
    op.create_index(
        "uq_upload_one_open_a_file",
        "upload",
        ["file_id"],
        unique=True,
        sqlite_where=sa.text("state = 'open'"),
        postgresql_where=sa.text("state = 'open'"),
    )
    op.create_table(
        "processing_run",
        sa.Column("batch_page_id", sa.Uuid(), nullable=False),
        sa.Column("rerun_id", sa.Uuid(), nullable=True),
        sa.Column("office_id", sa.Uuid(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("token", sa.Integer(), nullable=False),
        sa.Column("worker", sa.String(length=100), nullable=True),
        sa.Column("lease_until", UtcDateTime(), nullable=True),
        sa.Column("error", Json, nullable=True),
        sa.Column("timings", Json, nullable=True),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("finished_at", UtcDateTime(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "(state = 'running') = (lease_until IS NOT NULL)",
            name=op.f("ck_processing_run_running_has_lease"),
        ),
        sa.CheckConstraint(
            "state IN ('pending', 'running', 'done', 'failed')", name=op.f("ck_processing_run_state_known")
        ),
        sa.ForeignKeyConstraint(
            ["batch_page_id"], ["batch_page.id"], name=op.f("fk_processing_run_batch_page_id")
        ),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name=op.f("fk_processing_run_office_id")),
        sa.ForeignKeyConstraint(["rerun_id"], ["rerun.id"], name=op.f("fk_processing_run_rerun_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_processing_run")),
    )
    op.create_index(
        op.f("ix_processing_run_batch_page_id"), "processing_run", ["batch_page_id"], unique=False
    )
    op.create_index("ix_processing_run_due", "processing_run", ["state", "lease_until"], unique=False)
    op.create_index(op.f("ix_processing_run_office_id"), "processing_run", ["office_id"], unique=False)
    op.create_index(
        "uq_processing_run_one_a_rerun",
        "processing_run",
        ["rerun_id", "batch_page_id"],
        unique=True,
        sqlite_where=sa.text("rerun_id IS NOT NULL"),
        postgresql_where=sa.text("rerun_id IS NOT NULL"),
    )
    op.create_index(
        "uq_processing_run_one_live_a_page",
        "processing_run",
        ["batch_page_id"],
        unique=True,
        sqlite_where=sa.text("state <> 'failed' AND rerun_id IS NULL"),
        postgresql_where=sa.text("state <> 'failed' AND rerun_id IS NULL"),
    )
    op.create_table(
        "recognition_result",
        sa.Column("run_id", sa.Uuid(), nullable=False),
        sa.Column("page_image_id", sa.Uuid(), nullable=False),
        sa.Column("office_id", sa.Uuid(), nullable=False),
        sa.Column("engine", sa.String(length=100), nullable=False),
        sa.Column("series_key", sa.String(length=64), nullable=False),
        sa.Column("lines", Json, nullable=False),
        sa.Column("proposals", Json, nullable=False),
        sa.Column("alto_key", sa.String(length=120), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name=op.f("fk_recognition_result_office_id")),
        sa.ForeignKeyConstraint(
            ["page_image_id"], ["page_image.id"], name=op.f("fk_recognition_result_page_image_id")
        ),
        sa.ForeignKeyConstraint(["run_id"], ["processing_run.id"], name=op.f("fk_recognition_result_run_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recognition_result")),
        sa.UniqueConstraint("run_id", name=op.f("uq_recognition_result_run_id")),
    )
    op.create_index(
        op.f("ix_recognition_result_office_id"), "recognition_result", ["office_id"], unique=False
    )
    op.create_index(
        op.f("ix_recognition_result_page_image_id"), "recognition_result", ["page_image_id"], unique=False
    )


def downgrade() -> None:
    """Step back."""
    op.drop_index(op.f("ix_recognition_result_page_image_id"), table_name="recognition_result")
    op.drop_index(op.f("ix_recognition_result_office_id"), table_name="recognition_result")
    op.drop_table("recognition_result")
    op.drop_index(
        "uq_processing_run_one_live_a_page",
        table_name="processing_run",
        sqlite_where=sa.text("state <> 'failed' AND rerun_id IS NULL"),
        postgresql_where=sa.text("state <> 'failed' AND rerun_id IS NULL"),
    )
    op.drop_index(
        "uq_processing_run_one_a_rerun",
        table_name="processing_run",
        sqlite_where=sa.text("rerun_id IS NOT NULL"),
        postgresql_where=sa.text("rerun_id IS NOT NULL"),
    )
    op.drop_index(op.f("ix_processing_run_office_id"), table_name="processing_run")
    op.drop_index("ix_processing_run_due", table_name="processing_run")
    op.drop_index(op.f("ix_processing_run_batch_page_id"), table_name="processing_run")
    op.drop_table("processing_run")
    op.drop_index(
        "uq_upload_one_open_a_file",
        table_name="upload",
        sqlite_where=sa.text("state = 'open'"),
        postgresql_where=sa.text("state = 'open'"),
    )
    op.drop_index(op.f("ix_upload_office_id"), table_name="upload")
    op.drop_index(op.f("ix_upload_file_id"), table_name="upload")
    op.drop_table("upload")
    op.drop_index(
        "uq_batch_page_one_a_half",
        table_name="batch_page",
        sqlite_where=sa.text("side IS NOT NULL"),
        postgresql_where=sa.text("side IS NOT NULL"),
    )
    op.drop_index(
        "uq_batch_page_one_a_frame",
        table_name="batch_page",
        sqlite_where=sa.text("side IS NULL"),
        postgresql_where=sa.text("side IS NULL"),
    )
    op.drop_index(op.f("ix_batch_page_page_id"), table_name="batch_page")
    op.drop_index(op.f("ix_batch_page_office_id"), table_name="batch_page")
    op.drop_index(op.f("ix_batch_page_batch_id"), table_name="batch_page")
    op.drop_table("batch_page")
    op.drop_index(op.f("ix_batch_file_office_id"), table_name="batch_file")
    op.drop_table("batch_file")
    op.drop_index(
        "uq_rerun_one_under_way",
        table_name="rerun",
        sqlite_where=sa.text("state = 'reading'"),
        postgresql_where=sa.text("state = 'reading'"),
    )
    op.drop_index(op.f("ix_rerun_office_id"), table_name="rerun")
    op.drop_table("rerun")
    op.drop_index(
        "uq_batch_one_load_a_file",
        table_name="batch",
        sqlite_where=sa.text("purpose = 'load'"),
        postgresql_where=sa.text("purpose = 'load'"),
    )
    op.drop_index(op.f("ix_batch_volume_id"), table_name="batch")
    op.drop_index(op.f("ix_batch_request_id"), table_name="batch")
    op.drop_index(op.f("ix_batch_office_id"), table_name="batch")
    op.drop_table("batch")
