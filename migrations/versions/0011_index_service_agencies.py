"""The first tables of index_service_agencies."""

import sqlalchemy as sa
from alembic import op

from storage.database.types import Json, UtcDateTime

revision: str = "index_service_agencies"
down_revision: str | None = "access_sessions"
branch_labels: str | None = None
depends_on: str | None = None


def upgrade() -> None:
    """Step forward."""
    op.create_table(
        "agreement",
        sa.Column("agency_id", sa.Uuid(), nullable=False),
        sa.Column("legal_basis", sa.String(length=300), nullable=False),
        sa.Column("purposes", Json, nullable=False),
        sa.Column("fields", Json, nullable=False),
        sa.Column("office_codes", Json, nullable=True),
        sa.Column("whole_pages", sa.Boolean(), nullable=False),
        sa.Column("custodian", sa.String(length=100), nullable=False),
        sa.Column("valid_from", UtcDateTime(), nullable=False),
        sa.Column("valid_until", UtcDateTime(), nullable=False),
        sa.Column("ended_at", UtcDateTime(), nullable=True),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("valid_until > valid_from", name=op.f("ck_agreement_term_not_empty")),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_agreement_agency_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agreement")),
    )
    op.create_index(op.f("ix_agreement_agency_id"), "agreement", ["agency_id"], unique=False)


def downgrade() -> None:
    """Step back."""
    op.drop_index(op.f("ix_agreement_agency_id"), table_name="agreement")
    op.drop_table("agreement")
