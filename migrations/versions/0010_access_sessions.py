"""The first tables of access_sessions."""

import sqlalchemy as sa
from alembic import op

from storage.database.types import UtcDateTime

revision: str = "access_sessions"
down_revision: str | None = "access_keys"
branch_labels: str | None = None
depends_on: str | None = None


def upgrade() -> None:
    """Step forward."""
    op.create_table(
        "sign_in_session",
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("token_sha256", sa.String(length=64), nullable=False),
        sa.Column("form_token", sa.String(length=64), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("last_seen_at", UtcDateTime(), nullable=False),
        sa.Column("expires_at", UtcDateTime(), nullable=False),
        sa.Column("ended_at", UtcDateTime(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_sign_in_session_account_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_in_session")),
        sa.UniqueConstraint("token_sha256", name=op.f("uq_sign_in_session_token_sha256")),
    )
    op.create_index(op.f("ix_sign_in_session_account_id"), "sign_in_session", ["account_id"], unique=False)


def downgrade() -> None:
    """Step back."""
    op.drop_index(op.f("ix_sign_in_session_account_id"), table_name="sign_in_session")
    op.drop_table("sign_in_session")
