"""The first tables of access_keys."""

import sqlalchemy as sa
from alembic import op

from storage.database.types import UtcDateTime

revision: str = "access_keys"
down_revision: str | None = "access_accounts"
branch_labels: str | None = None
depends_on: str | None = None


def upgrade() -> None:
    """Step forward."""
    op.create_table(
        "api_key",
        sa.Column("key_sha256", sa.String(length=64), nullable=False),
        sa.Column("hint", sa.String(length=12), nullable=False),
        sa.Column("label", sa.String(length=100), nullable=False),
        sa.Column("station_id", sa.Uuid(), nullable=True),
        sa.Column("agency_id", sa.Uuid(), nullable=True),
        sa.Column("account_id", sa.Uuid(), nullable=True),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("last_used_at", UtcDateTime(), nullable=True),
        sa.Column("revoked_at", UtcDateTime(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("(station_id IS NULL) <> (agency_id IS NULL)", name=op.f("ck_api_key_one_owner")),
        sa.CheckConstraint(
            "agency_id IS NULL OR account_id IS NOT NULL", name=op.f("ck_api_key_agency_names_person")
        ),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_api_key_account_id")),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_api_key_agency_id")),
        sa.ForeignKeyConstraint(["station_id"], ["station.id"], name=op.f("fk_api_key_station_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_api_key")),
        sa.UniqueConstraint("key_sha256", name=op.f("uq_api_key_key_sha256")),
    )
    op.create_index(op.f("ix_api_key_agency_id"), "api_key", ["agency_id"], unique=False)
    op.create_index(op.f("ix_api_key_station_id"), "api_key", ["station_id"], unique=False)


def downgrade() -> None:
    """Step back."""
    op.drop_index(op.f("ix_api_key_station_id"), table_name="api_key")
    op.drop_index(op.f("ix_api_key_agency_id"), table_name="api_key")
    op.drop_table("api_key")
