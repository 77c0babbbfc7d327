"""The first tables of index_service_entries."""

import sqlalchemy as sa
from alembic import op

from storage.database.types import Json, UtcDateTime

revision: str = "index_service_entries"
down_revision: str | None = "index_service_agencies"
branch_labels: str | None = None
depends_on: str | None = None


def upgrade() -> None:
    """Step forward."""
    op.create_table(
        "entry",
        sa.Column("office_id", sa.Uuid(), nullable=False),
        sa.Column("series_key", sa.String(length=64), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name=op.f("fk_entry_office_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_entry")),
    )
    op.create_index(op.f("ix_entry_office_id"), "entry", ["office_id"], unique=False)
    op.create_table(
        "entry_version",
        sa.Column("entry_id", sa.Uuid(), nullable=False),
        sa.Column("office_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("page_id", sa.Uuid(), nullable=False),
        sa.Column("image_id", sa.Uuid(), nullable=True),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("region", Json, nullable=True),
        sa.Column("fields", Json, nullable=False),
        sa.Column("least_confidence", sa.Double(), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=True),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("number >= 1", name=op.f("ck_entry_version_number_counts_from_one")),
        sa.CheckConstraint(
            "region IS NULL OR image_id IS NOT NULL", name=op.f("ck_entry_version_region_names_image")
        ),
        sa.ForeignKeyConstraint(["entry_id"], ["entry.id"], name=op.f("fk_entry_version_entry_id")),
        sa.ForeignKeyConstraint(["image_id"], ["page_image.id"], name=op.f("fk_entry_version_image_id")),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name=op.f("fk_entry_version_office_id")),
        sa.ForeignKeyConstraint(["page_id"], ["page.id"], name=op.f("fk_entry_version_page_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_entry_version")),
        sa.UniqueConstraint("entry_id", "number", name=op.f("uq_entry_version_entry_id_number")),
    )
    op.create_index(op.f("ix_entry_version_office_id"), "entry_version", ["office_id"], unique=False)
    op.create_index("ix_entry_version_page", "entry_version", ["page_id"], unique=False)


def downgrade() -> None:
    """Step back."""
    op.drop_index("ix_entry_version_page", table_name="entry_version")
    op.drop_index(op.f("ix_entry_version_office_id"), table_name="entry_version")
    op.drop_table("entry_version")
    op.drop_index(op.f("ix_entry_office_id"), table_name="entry")
    op.drop_table("entry")
