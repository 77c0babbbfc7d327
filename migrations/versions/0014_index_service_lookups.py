"""The first tables of index_service_lookups."""

import sqlalchemy as sa
from alembic import op

from storage.database.types import Json, UtcDateTime

revision: str = "index_service_lookups"
down_revision: str | None = "index_service_requests"
branch_labels: str | None = None
depends_on: str | None = None


def upgrade() -> None:
    """Step forward."""
    op.create_table(
        "case_folder",
        sa.Column("agency_id", sa.Uuid(), nullable=True),
        sa.Column("office_id", sa.Uuid(), nullable=True),
        sa.Column("agreement_id", sa.Uuid(), nullable=True),
        sa.Column("purpose", sa.String(length=200), nullable=False),
        sa.Column("case_number", sa.String(length=100), nullable=False),
        sa.Column("legal_basis", sa.String(length=300), nullable=False),
        sa.Column("opened_by", sa.Uuid(), nullable=False),
        sa.Column("opened_at", UtcDateTime(), nullable=False),
        sa.Column("closed_at", UtcDateTime(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "(agency_id IS NULL) <> (office_id IS NULL)", name=op.f("ck_case_folder_one_organisation")
        ),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_case_folder_agency_id")),
        sa.ForeignKeyConstraint(["agreement_id"], ["agreement.id"], name=op.f("fk_case_folder_agreement_id")),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name=op.f("fk_case_folder_office_id")),
        sa.ForeignKeyConstraint(["opened_by"], ["account.id"], name=op.f("fk_case_folder_opened_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_folder")),
    )
    op.create_index(op.f("ix_case_folder_agency_id"), "case_folder", ["agency_id"], unique=False)
    op.create_index(op.f("ix_case_folder_office_id"), "case_folder", ["office_id"], unique=False)
    op.create_table(
        "lookup",
        sa.Column("case_folder_id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("agency_id", sa.Uuid(), nullable=True),
        sa.Column("office_id", sa.Uuid(), nullable=True),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("query", Json, nullable=False),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("outcome", sa.String(length=10), nullable=False),
        sa.Column("receipt", sa.String(length=40), nullable=False),
        sa.Column("asked_at", UtcDateTime(), nullable=False),
        sa.Column("answered_at", UtcDateTime(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("kind IN ('search', 'image')", name=op.f("ck_lookup_kind_known")),
        sa.CheckConstraint(
            "outcome IN ('asked', 'answered', 'refused', 'failed')", name=op.f("ck_lookup_outcome_known")
        ),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_lookup_account_id")),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_lookup_agency_id")),
        sa.ForeignKeyConstraint(
            ["case_folder_id"], ["case_folder.id"], name=op.f("fk_lookup_case_folder_id")
        ),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name=op.f("fk_lookup_office_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lookup")),
        sa.UniqueConstraint("receipt", name=op.f("uq_lookup_receipt")),
    )
    op.create_index(op.f("ix_lookup_account_id"), "lookup", ["account_id"], unique=False)
    op.create_index(op.f("ix_lookup_agency_id"), "lookup", ["agency_id"], unique=False)
    op.create_index("ix_lookup_asked", "lookup", ["asked_at"], unique=False)
    op.create_index(op.f("ix_lookup_case_folder_id"), "lookup", ["case_folder_id"], unique=False)
    op.create_index(op.f("ix_lookup_office_id"), "lookup", ["office_id"], unique=False)
    op.create_table(
        "disclosure",
        sa.Column("lookup_id", sa.Uuid(), nullable=False),
        sa.Column("office_id", sa.Uuid(), nullable=False),
        sa.Column("entry_id", sa.Uuid(), nullable=True),
        sa.Column("version_id", sa.Uuid(), nullable=True),
        sa.Column("image_id", sa.Uuid(), nullable=True),
        sa.Column("shown", Json, nullable=False),
        sa.Column("shown_at", UtcDateTime(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "version_id IS NOT NULL OR image_id IS NOT NULL", name=op.f("ck_disclosure_shows_something")
        ),
        sa.ForeignKeyConstraint(["entry_id"], ["entry.id"], name=op.f("fk_disclosure_entry_id")),
        sa.ForeignKeyConstraint(["image_id"], ["page_image.id"], name=op.f("fk_disclosure_image_id")),
        sa.ForeignKeyConstraint(["lookup_id"], ["lookup.id"], name=op.f("fk_disclosure_lookup_id")),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name=op.f("fk_disclosure_office_id")),
        sa.ForeignKeyConstraint(["version_id"], ["entry_version.id"], name=op.f("fk_disclosure_version_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_disclosure")),
    )
    op.create_index(op.f("ix_disclosure_entry_id"), "disclosure", ["entry_id"], unique=False)
    op.create_index("ix_disclosure_image", "disclosure", ["image_id"], unique=False)
    op.create_index(op.f("ix_disclosure_lookup_id"), "disclosure", ["lookup_id"], unique=False)
    op.create_index(op.f("ix_disclosure_office_id"), "disclosure", ["office_id"], unique=False)
    op.create_index("ix_disclosure_version", "disclosure", ["version_id"], unique=False)


def downgrade() -> None:
    """Step back."""
    op.drop_index("ix_disclosure_version", table_name="disclosure")
    op.drop_index(op.f("ix_disclosure_office_id"), table_name="disclosure")
    op.drop_index(op.f("ix_disclosure_lookup_id"), table_name="disclosure")
    op.drop_index("ix_disclosure_image", table_name="disclosure")
    op.drop_index(op.f("ix_disclosure_entry_id"), table_name="disclosure")
    op.drop_table("disclosure")
    op.drop_index(op.f("ix_lookup_office_id"), table_name="lookup")
    op.drop_index(op.f("ix_lookup_case_folder_id"), table_name="lookup")
    op.drop_index("ix_lookup_asked", table_name="lookup")
    op.drop_index(op.f("ix_lookup_agency_id"), table_name="lookup")
    op.drop_index(op.f("ix_lookup_account_id"), table_name="lookup")
    op.drop_table("lookup")
    op.drop_index(op.f("ix_case_folder_office_id"), table_name="case_folder")
    op.drop_index(op.f("ix_case_folder_agency_id"), table_name="case_folder")
    op.drop_table("case_folder")
