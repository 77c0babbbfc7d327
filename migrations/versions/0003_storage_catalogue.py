"""The first tables of storage_catalogue."""

import sqlalchemy as sa
from alembic import op

from storage.database.types import Json, UtcDateTime

revision: str = "storage_catalogue"
down_revision: str | None = "storage_database_outbox"
branch_labels: str | None = None
depends_on: str | None = None


def upgrade() -> None:
    """Step forward."""
    op.create_table(
        "volume",
        sa.Column("office_id", sa.Uuid(), nullable=False),
        sa.Column("series_key", sa.String(length=64), nullable=False),
        sa.Column("designation", sa.String(length=64), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("place", sa.String(length=200), nullable=False),
        sa.Column("period_from", sa.String(length=40), nullable=False),
        sa.Column("period_to", sa.String(length=40), nullable=False),
        sa.Column("expected_pages", sa.Integer(), nullable=True),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name=op.f("fk_volume_office_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_volume")),
        sa.UniqueConstraint("office_id", "designation", name=op.f("uq_volume_office_id_designation")),
    )
    op.create_table(
        "page",
        sa.Column("volume_id", sa.Uuid(), nullable=False),
        sa.Column("office_id", sa.Uuid(), nullable=False),
        sa.Column("designation", sa.String(length=32), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name=op.f("fk_page_office_id")),
        sa.ForeignKeyConstraint(["volume_id"], ["volume.id"], name=op.f("fk_page_volume_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_page")),
        sa.UniqueConstraint("volume_id", "designation", name=op.f("uq_page_volume_id_designation")),
    )
    op.create_index(op.f("ix_page_office_id"), "page", ["office_id"], unique=False)
    op.create_table(
        "page_image",
        sa.Column("page_id", sa.Uuid(), nullable=False),
        sa.Column("office_id", sa.Uuid(), nullable=False),
        sa.Column("view", sa.Integer(), nullable=False),
        sa.Column("master_key", sa.String(length=120), nullable=False),
        sa.Column("master_sha256", sa.String(length=64), nullable=False),
        sa.Column("frame", sa.Integer(), nullable=False),
        sa.Column("side", sa.String(length=5), nullable=True),
        sa.Column("media_type", sa.String(length=40), nullable=False),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("height", sa.Integer(), nullable=False),
        sa.Column("ppi", sa.Double(), nullable=True),
        sa.Column("derivative_key", sa.String(length=120), nullable=False),
        sa.Column("derivative_width", sa.Integer(), nullable=False),
        sa.Column("derivative_height", sa.Integer(), nullable=False),
        sa.Column("derivative_layout", Json, nullable=False),
        sa.Column("thumbnail_key", sa.String(length=120), nullable=False),
        sa.Column("transform", Json, nullable=False),
        sa.Column("quality", Json, nullable=False),
        sa.Column("flagged", sa.Boolean(), nullable=False),
        sa.Column("uploaded_by", sa.Uuid(), nullable=True),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("side IN ('right', 'left')", name=op.f("ck_page_image_side_known")),
        sa.CheckConstraint("view >= 1", name=op.f("ck_page_image_view_counts_from_one")),
        sa.CheckConstraint("width > 0 AND height > 0", name=op.f("ck_page_image_has_size")),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name=op.f("fk_page_image_office_id")),
        sa.ForeignKeyConstraint(["page_id"], ["page.id"], name=op.f("fk_page_image_page_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_page_image")),
    )
    op.create_index("ix_page_image_of_one_file", "page_image", ["master_sha256", "frame"], unique=False)
    op.create_index(op.f("ix_page_image_office_id"), "page_image", ["office_id"], unique=False)
    op.create_index(
        "uq_page_image_one_a_frame",
        "page_image",
        ["page_id", "view", "master_sha256", "frame"],
        unique=True,
        sqlite_where=sa.text("side IS NULL"),
        postgresql_where=sa.text("side IS NULL"),
    )
    op.create_index(
        "uq_page_image_one_a_half",
        "page_image",
        ["page_id", "view", "master_sha256", "frame", "side"],
        unique=True,
        sqlite_where=sa.text("side IS NOT NULL"),
        postgresql_where=sa.text("side IS NOT NULL"),
    )


def downgrade() -> None:
    """Step back."""
    op.drop_index(
        "uq_page_image_one_a_half",
        table_name="page_image",
        sqlite_where=sa.text("side IS NOT NULL"),
        postgresql_where=sa.text("side IS NOT NULL"),
    )
    op.drop_index(
        "uq_page_image_one_a_frame",
        table_name="page_image",
        sqlite_where=sa.text("side IS NULL"),
        postgresql_where=sa.text("side IS NULL"),
    )
    op.drop_index(op.f("ix_page_image_office_id"), table_name="page_image")
    op.drop_index("ix_page_image_of_one_file", table_name="page_image")
    op.drop_table("page_image")
    op.drop_index(op.f("ix_page_office_id"), table_name="page")
    op.drop_table("page")
    op.drop_table("volume")
