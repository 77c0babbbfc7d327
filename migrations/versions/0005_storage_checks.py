"""The first tables of storage_checks."""

import sqlalchemy as sa
from alembic import op

from storage.database.types import Json, UtcDateTime

revision: str = "storage_checks"
down_revision: str | None = "storage_intake"
branch_labels: str | None = None
depends_on: str | None = None


def upgrade() -> None:
    """Step forward."""
    op.create_table(
        "page_finding",
        sa.Column("page_image_id", sa.Uuid(), nullable=False),
        sa.Column("office_id", sa.Uuid(), nullable=False),
        sa.Column("other_image_id", sa.Uuid(), nullable=True),
        sa.Column("check", sa.String(length=32), nullable=False),
        sa.Column("value", sa.Double(), nullable=False),
        sa.Column("verdict", sa.String(length=8), nullable=False),
        sa.Column("box", Json, nullable=False),
        sa.Column("zh", sa.String(length=500), nullable=False),
        sa.Column("en", sa.String(length=500), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("verdict IN ('flag', 'refuse')", name=op.f("ck_page_finding_verdict_known")),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name=op.f("fk_page_finding_office_id")),
        sa.ForeignKeyConstraint(
            ["other_image_id"], ["page_image.id"], name=op.f("fk_page_finding_other_image_id")
        ),
        sa.ForeignKeyConstraint(
            ["page_image_id"], ["page_image.id"], name=op.f("fk_page_finding_page_image_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_page_finding")),
        sa.UniqueConstraint("page_image_id", "check", name=op.f("uq_page_finding_page_image_id_check")),
    )
    op.create_index(op.f("ix_page_finding_office_id"), "page_finding", ["office_id"], unique=False)
    op.create_table(
        "page_trace",
        sa.Column("page_image_id", sa.Uuid(), nullable=False),
        sa.Column("volume_id", sa.Uuid(), nullable=False),
        sa.Column("office_id", sa.Uuid(), nullable=False),
        sa.Column("pixels_sha256", sa.String(length=64), nullable=False),
        sa.Column("writing", sa.LargeBinary(), nullable=False),
        sa.Column("designation", sa.String(length=32), nullable=True),
        sa.Column("designation_confidence", sa.Double(), nullable=True),
        sa.Column("designation_box", Json, nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name=op.f("fk_page_trace_office_id")),
        sa.ForeignKeyConstraint(
            ["page_image_id"], ["page_image.id"], name=op.f("fk_page_trace_page_image_id")
        ),
        sa.ForeignKeyConstraint(["volume_id"], ["volume.id"], name=op.f("fk_page_trace_volume_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_page_trace")),
        sa.UniqueConstraint("page_image_id", name=op.f("uq_page_trace_page_image_id")),
    )
    op.create_index(op.f("ix_page_trace_office_id"), "page_trace", ["office_id"], unique=False)
    op.create_index(op.f("ix_page_trace_pixels_sha256"), "page_trace", ["pixels_sha256"], unique=False)
    op.create_index(op.f("ix_page_trace_volume_id"), "page_trace", ["volume_id"], unique=False)


def downgrade() -> None:
    """Step back."""
    op.drop_index(op.f("ix_page_trace_volume_id"), table_name="page_trace")
    op.drop_index(op.f("ix_page_trace_pixels_sha256"), table_name="page_trace")
    op.drop_index(op.f("ix_page_trace_office_id"), table_name="page_trace")
    op.drop_table("page_trace")
    op.drop_index(op.f("ix_page_finding_office_id"), table_name="page_finding")
    op.drop_table("page_finding")
