"""The first tables of access_audit."""

import sqlalchemy as sa
from alembic import op

from storage.database.types import Json, UtcDateTime

revision: str = "access_audit"
down_revision: str | None = "storage_checks"
branch_labels: str | None = None
depends_on: str | None = None


def upgrade() -> None:
    """Step forward."""
    op.create_table(
        "audit_event",
        sa.Column("occurred_at", UtcDateTime(), nullable=False),
        sa.Column("actor_kind", sa.String(length=16), nullable=False),
        sa.Column("actor_id", sa.Uuid(), nullable=True),
        sa.Column("organisation_id", sa.Uuid(), nullable=True),
        sa.Column("action", sa.String(length=64), nullable=False),
        sa.Column("subject_kind", sa.String(length=32), nullable=False),
        sa.Column("subject_id", sa.String(length=64), nullable=False),
        sa.Column("facts", Json, nullable=False),
        sa.Column("position", sa.Integer(), nullable=True),
        sa.Column("previous_hash", sa.String(length=64), nullable=True),
        sa.Column("chain_hash", sa.String(length=64), nullable=True),
        sa.Column("sealed_at", UtcDateTime(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "(position IS NULL) = (chain_hash IS NULL)", name=op.f("ck_audit_event_sealed_whole")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_event")),
        sa.UniqueConstraint("position", name=op.f("uq_audit_event_position")),
    )
    op.create_index(op.f("ix_audit_event_organisation_id"), "audit_event", ["organisation_id"], unique=False)
    op.create_index("ix_audit_event_subject", "audit_event", ["subject_kind", "subject_id"], unique=False)
    op.create_index(
        "ix_audit_event_unsealed",
        "audit_event",
        ["occurred_at"],
        unique=False,
        sqlite_where=sa.text("position IS NULL"),
        postgresql_where=sa.text("position IS NULL"),
    )
    op.create_table(
        "audit_sealer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("holder", sa.String(length=100), nullable=True),
        sa.Column("lease_until", UtcDateTime(), nullable=True),
        sa.Column("head_position", sa.Integer(), nullable=False),
        sa.Column("head_hash", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_sealer")),
    )
    op.create_table(
        "audit_secret",
        sa.Column("event_id", sa.Uuid(), nullable=False),
        sa.Column("field", sa.String(length=64), nullable=False),
        sa.Column("salt", sa.String(length=64), nullable=False),
        sa.Column("value", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["audit_event.id"], name=op.f("fk_audit_secret_event_id")),
        sa.PrimaryKeyConstraint("event_id", "field", name=op.f("pk_audit_secret")),
    )


def downgrade() -> None:
    """Step back."""
    op.drop_table("audit_secret")
    op.drop_table("audit_sealer")
    op.drop_index(
        "ix_audit_event_unsealed",
        table_name="audit_event",
        sqlite_where=sa.text("position IS NULL"),
        postgresql_where=sa.text("position IS NULL"),
    )
    op.drop_index("ix_audit_event_subject", table_name="audit_event")
    op.drop_index(op.f("ix_audit_event_organisation_id"), table_name="audit_event")
    op.drop_table("audit_event")
