"""The first tables of index_service_notices."""

import sqlalchemy as sa
from alembic import op

from storage.database.types import Json, UtcDateTime

revision: str = "index_service_notices"
down_revision: str | None = "index_service_editions"
branch_labels: str | None = None
depends_on: str | None = None


def upgrade() -> None:
    """Step forward."""
    op.create_table(
        "notice",
        sa.Column("office_id", sa.Uuid(), nullable=True),
        sa.Column("agency_id", sa.Uuid(), nullable=True),
        sa.Column("request_id", sa.Uuid(), nullable=True),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("details", Json, nullable=False),
        sa.Column("unique_key", sa.String(length=200), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("read_at", UtcDateTime(), nullable=True),
        sa.Column("read_by", sa.Uuid(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("office_id IS NULL OR agency_id IS NULL", name=op.f("ck_notice_one_addressee")),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_notice_agency_id")),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name=op.f("fk_notice_office_id")),
        sa.ForeignKeyConstraint(["read_by"], ["account.id"], name=op.f("fk_notice_read_by")),
        sa.ForeignKeyConstraint(["request_id"], ["request.id"], name=op.f("fk_notice_request_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice")),
        sa.UniqueConstraint("unique_key", name=op.f("uq_notice_unique_key")),
    )
    op.create_index(op.f("ix_notice_agency_id"), "notice", ["agency_id"], unique=False)
    op.create_index(op.f("ix_notice_office_id"), "notice", ["office_id"], unique=False)


def downgrade() -> None:
    """Step back."""
    op.drop_index(op.f("ix_notice_office_id"), table_name="notice")
    op.drop_index(op.f("ix_notice_agency_id"), table_name="notice")
    op.drop_table("notice")
