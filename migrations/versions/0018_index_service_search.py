"""The first tables of index_service_search."""

import sqlalchemy as sa
from alembic import op

from index_service.search.types import Tokens

revision: str = "index_service_search"
down_revision: str | None = "index_service_notices"
branch_labels: str | None = None
depends_on: str | None = None


def upgrade() -> None:
    """Step forward."""
    op.create_table(
        "search_date",
        sa.Column("version_id", sa.Uuid(), nullable=False),
        sa.Column("entry_id", sa.Uuid(), nullable=False),
        sa.Column("office_id", sa.Uuid(), nullable=False),
        sa.Column("field_key", sa.String(length=64), nullable=False),
        sa.Column("earliest", sa.Date(), nullable=False),
        sa.Column("latest", sa.Date(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["entry_id"], ["entry.id"], name=op.f("fk_search_date_entry_id")),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name=op.f("fk_search_date_office_id")),
        sa.ForeignKeyConstraint(["version_id"], ["entry_version.id"], name=op.f("fk_search_date_version_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_search_date")),
        sa.UniqueConstraint("version_id", "field_key", name=op.f("uq_search_date_version_id_field_key")),
    )
    op.create_index(op.f("ix_search_date_office_id"), "search_date", ["office_id"], unique=False)
    op.create_index("ix_search_date_range", "search_date", ["earliest", "latest"], unique=False)
    op.create_table(
        "search_text",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False
        ),
        sa.Column("version_id", sa.Uuid(), nullable=False),
        sa.Column("entry_id", sa.Uuid(), nullable=False),
        sa.Column("office_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("field_key", sa.String(length=64), nullable=False),
        sa.Column("written", sa.String(), nullable=False),
        sa.Column("folded", sa.String(), nullable=False),
        sa.Column("tokens", Tokens(), nullable=False),
        sa.CheckConstraint("kind IN ('name', 'place')", name=op.f("ck_search_text_kind_known")),
        sa.ForeignKeyConstraint(["entry_id"], ["entry.id"], name=op.f("fk_search_text_entry_id")),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name=op.f("fk_search_text_office_id")),
        sa.ForeignKeyConstraint(["version_id"], ["entry_version.id"], name=op.f("fk_search_text_version_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_search_text")),
        sa.UniqueConstraint("version_id", "field_key", name=op.f("uq_search_text_version_id_field_key")),
    )
    op.create_index(
        "ix_search_text_folded",
        "search_text",
        ["kind", "folded"],
        unique=False,
        postgresql_ops={"folded": "text_pattern_ops"},
    )
    op.create_index(op.f("ix_search_text_office_id"), "search_text", ["office_id"], unique=False)


def downgrade() -> None:
    """Step back."""
    op.drop_index(op.f("ix_search_text_office_id"), table_name="search_text")
    op.drop_index(
        "ix_search_text_folded", table_name="search_text", postgresql_ops={"folded": "text_pattern_ops"}
    )
    op.drop_table("search_text")
    op.drop_index("ix_search_date_range", table_name="search_date")
    op.drop_index(op.f("ix_search_date_office_id"), table_name="search_date")
    op.drop_table("search_date")
