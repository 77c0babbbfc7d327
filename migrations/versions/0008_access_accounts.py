"""The first tables of access_accounts."""

import sqlalchemy as sa
from alembic import op

from storage.database.types import UtcDateTime

revision: str = "access_accounts"
down_revision: str | None = "access_http"
branch_labels: str | None = None
depends_on: str | None = None


def upgrade() -> None:
    """Step forward."""
    op.create_table(
        "account",
        sa.Column("username", sa.String(length=64), nullable=False),
        sa.Column("display_name", sa.String(length=100), nullable=False),
        sa.Column("password_hash", sa.String(length=200), nullable=False),
        sa.Column("office_id", sa.Uuid(), nullable=True),
        sa.Column("agency_id", sa.Uuid(), nullable=True),
        sa.Column("station_id", sa.Uuid(), nullable=True),
        sa.Column("local_government_id", sa.Uuid(), nullable=True),
        sa.Column("failed_sign_ins", sa.Integer(), nullable=False),
        sa.Column("locked_until", UtcDateTime(), nullable=True),
        sa.Column("disabled_at", UtcDateTime(), nullable=True),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_account_agency_id")),
        sa.ForeignKeyConstraint(
            ["local_government_id"], ["local_government.id"], name=op.f("fk_account_local_government_id")
        ),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name=op.f("fk_account_office_id")),
        sa.ForeignKeyConstraint(["station_id"], ["station.id"], name=op.f("fk_account_station_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_account")),
        sa.UniqueConstraint("username", name=op.f("uq_account_username")),
    )
    op.create_index(op.f("ix_account_agency_id"), "account", ["agency_id"], unique=False)
    op.create_index(op.f("ix_account_office_id"), "account", ["office_id"], unique=False)
    op.create_table(
        "account_role",
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("role", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_account_role_account_id")),
        sa.PrimaryKeyConstraint("account_id", "role", name=op.f("pk_account_role")),
    )


def downgrade() -> None:
    """Step back."""
    op.drop_table("account_role")
    op.drop_index(op.f("ix_account_office_id"), table_name="account")
    op.drop_index(op.f("ix_account_agency_id"), table_name="account")
    op.drop_table("account")
