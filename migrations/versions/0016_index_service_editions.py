"""The first tables of index_service_editions."""

import sqlalchemy as sa
from alembic import op

from storage.database.types import UtcDateTime

revision: str = "index_service_editions"
down_revision: str | None = "index_service_changesets"
branch_labels: str | None = None
depends_on: str | None = None


def upgrade() -> None:
    """Step forward."""
    op.create_table(
        "edition_head",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_edition_head_only_one")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_edition_head")),
    )
    op.create_table(
        "published_place",
        sa.Column("page_id", sa.Uuid(), nullable=False),
        sa.Column("volume_id", sa.Uuid(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("from_edition", sa.Integer(), nullable=False),
        sa.Column("to_edition", sa.Integer(), nullable=True),
        sa.Column("office_id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "to_edition IS NULL OR to_edition > from_edition", name=op.f("ck_published_place_span_not_empty")
        ),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name=op.f("fk_published_place_office_id")),
        sa.ForeignKeyConstraint(["page_id"], ["page.id"], name=op.f("fk_published_place_page_id")),
        sa.ForeignKeyConstraint(["volume_id"], ["volume.id"], name=op.f("fk_published_place_volume_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_published_place")),
    )
    op.create_index(
        op.f("ix_published_place_from_edition"), "published_place", ["from_edition"], unique=False
    )
    op.create_index(op.f("ix_published_place_office_id"), "published_place", ["office_id"], unique=False)
    op.create_index("ix_published_place_page", "published_place", ["page_id", "from_edition"], unique=False)
    op.create_index(op.f("ix_published_place_to_edition"), "published_place", ["to_edition"], unique=False)
    op.create_index(
        "uq_published_place_open",
        "published_place",
        ["page_id"],
        unique=True,
        sqlite_where=sa.text("to_edition IS NULL"),
        postgresql_where=sa.text("to_edition IS NULL"),
    )
    op.create_index(
        "uq_published_place_taken",
        "published_place",
        ["volume_id", "sequence"],
        unique=True,
        sqlite_where=sa.text("to_edition IS NULL"),
        postgresql_where=sa.text("to_edition IS NULL"),
    )
    op.create_table(
        "hold",
        sa.Column("office_id", sa.Uuid(), nullable=False),
        sa.Column("entry_id", sa.Uuid(), nullable=True),
        sa.Column("image_id", sa.Uuid(), nullable=True),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.Column("proposed_by", sa.Uuid(), nullable=False),
        sa.Column("proposed_at", UtcDateTime(), nullable=False),
        sa.Column("approved_by", sa.Uuid(), nullable=True),
        sa.Column("in_force_from", UtcDateTime(), nullable=True),
        sa.Column("review_by", UtcDateTime(), nullable=False),
        sa.Column("lifted_by", sa.Uuid(), nullable=True),
        sa.Column("lifted_at", UtcDateTime(), nullable=True),
        sa.Column("lifted_reason", sa.String(length=500), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "(approved_by IS NULL) = (in_force_from IS NULL)", name=op.f("ck_hold_in_force_when_approved")
        ),
        sa.CheckConstraint("(entry_id IS NULL) <> (image_id IS NULL)", name=op.f("ck_hold_one_subject")),
        sa.CheckConstraint(
            "(lifted_at IS NULL AND lifted_by IS NULL AND lifted_reason IS NULL) OR (lifted_at IS NOT NULL AND lifted_by IS NOT NULL AND lifted_reason IS NOT NULL)",
            name=op.f("ck_hold_lifted_with_reason"),
        ),
        sa.CheckConstraint(
            "approved_by IS NULL OR approved_by <> proposed_by", name=op.f("ck_hold_two_people")
        ),
        sa.ForeignKeyConstraint(["approved_by"], ["account.id"], name=op.f("fk_hold_approved_by")),
        sa.ForeignKeyConstraint(["entry_id"], ["entry.id"], name=op.f("fk_hold_entry_id")),
        sa.ForeignKeyConstraint(["image_id"], ["page_image.id"], name=op.f("fk_hold_image_id")),
        sa.ForeignKeyConstraint(["lifted_by"], ["account.id"], name=op.f("fk_hold_lifted_by")),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name=op.f("fk_hold_office_id")),
        sa.ForeignKeyConstraint(["proposed_by"], ["account.id"], name=op.f("fk_hold_proposed_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hold")),
    )
    op.create_index("ix_hold_entry", "hold", ["entry_id"], unique=False)
    op.create_index("ix_hold_image", "hold", ["image_id"], unique=False)
    op.create_index(op.f("ix_hold_office_id"), "hold", ["office_id"], unique=False)
    op.create_table(
        "published_image",
        sa.Column("page_id", sa.Uuid(), nullable=False),
        sa.Column("view", sa.Integer(), nullable=False),
        sa.Column("image_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("from_edition", sa.Integer(), nullable=False),
        sa.Column("to_edition", sa.Integer(), nullable=True),
        sa.Column("office_id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "to_edition IS NULL OR to_edition > from_edition", name=op.f("ck_published_image_span_not_empty")
        ),
        sa.ForeignKeyConstraint(["image_id"], ["page_image.id"], name=op.f("fk_published_image_image_id")),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name=op.f("fk_published_image_office_id")),
        sa.ForeignKeyConstraint(["page_id"], ["page.id"], name=op.f("fk_published_image_page_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_published_image")),
    )
    op.create_index(
        op.f("ix_published_image_from_edition"), "published_image", ["from_edition"], unique=False
    )
    op.create_index("ix_published_image_image", "published_image", ["image_id"], unique=False)
    op.create_index(op.f("ix_published_image_office_id"), "published_image", ["office_id"], unique=False)
    op.create_index("ix_published_image_page", "published_image", ["page_id", "from_edition"], unique=False)
    op.create_index(op.f("ix_published_image_to_edition"), "published_image", ["to_edition"], unique=False)
    op.create_index(
        "uq_published_image_open",
        "published_image",
        ["page_id", "view"],
        unique=True,
        sqlite_where=sa.text("to_edition IS NULL"),
        postgresql_where=sa.text("to_edition IS NULL"),
    )
    op.create_table(
        "edition",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("change_set_id", sa.Uuid(), nullable=False),
        sa.Column("request_id", sa.Uuid(), nullable=False),
        sa.Column("office_id", sa.Uuid(), nullable=False),
        sa.Column("published_by", sa.Uuid(), nullable=False),
        sa.Column("published_at", UtcDateTime(), nullable=False),
        sa.Column("reverses", sa.Integer(), nullable=True),
        sa.CheckConstraint("number >= 1", name=op.f("ck_edition_number_counts_from_one")),
        sa.CheckConstraint(
            "reverses IS NULL OR reverses < number", name=op.f("ck_edition_reverses_an_earlier_one")
        ),
        sa.ForeignKeyConstraint(["change_set_id"], ["change_set.id"], name=op.f("fk_edition_change_set_id")),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name=op.f("fk_edition_office_id")),
        sa.ForeignKeyConstraint(["published_by"], ["account.id"], name=op.f("fk_edition_published_by")),
        sa.ForeignKeyConstraint(["request_id"], ["request.id"], name=op.f("fk_edition_request_id")),
        sa.ForeignKeyConstraint(["reverses"], ["edition.number"], name=op.f("fk_edition_reverses")),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_edition")),
        sa.UniqueConstraint("change_set_id", name=op.f("uq_edition_change_set_id")),
    )
    op.create_index(op.f("ix_edition_office_id"), "edition", ["office_id"], unique=False)
    op.create_index(op.f("ix_edition_request_id"), "edition", ["request_id"], unique=False)
    op.create_table(
        "published_entry",
        sa.Column("entry_id", sa.Uuid(), nullable=False),
        sa.Column("version_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("from_edition", sa.Integer(), nullable=False),
        sa.Column("to_edition", sa.Integer(), nullable=True),
        sa.Column("office_id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "to_edition IS NULL OR to_edition > from_edition", name=op.f("ck_published_entry_span_not_empty")
        ),
        sa.ForeignKeyConstraint(["entry_id"], ["entry.id"], name=op.f("fk_published_entry_entry_id")),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name=op.f("fk_published_entry_office_id")),
        sa.ForeignKeyConstraint(
            ["version_id"], ["entry_version.id"], name=op.f("fk_published_entry_version_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_published_entry")),
    )
    op.create_index("ix_published_entry_entry", "published_entry", ["entry_id", "from_edition"], unique=False)
    op.create_index(
        op.f("ix_published_entry_from_edition"), "published_entry", ["from_edition"], unique=False
    )
    op.create_index(op.f("ix_published_entry_office_id"), "published_entry", ["office_id"], unique=False)
    op.create_index(op.f("ix_published_entry_to_edition"), "published_entry", ["to_edition"], unique=False)
    op.create_index("ix_published_entry_version", "published_entry", ["version_id"], unique=False)
    op.create_index(
        "uq_published_entry_open",
        "published_entry",
        ["entry_id"],
        unique=True,
        sqlite_where=sa.text("to_edition IS NULL"),
        postgresql_where=sa.text("to_edition IS NULL"),
    )


def downgrade() -> None:
    """Step back."""
    op.drop_index(
        "uq_published_entry_open",
        table_name="published_entry",
        sqlite_where=sa.text("to_edition IS NULL"),
        postgresql_where=sa.text("to_edition IS NULL"),
    )
    op.drop_index("ix_published_entry_version", table_name="published_entry")
    op.drop_index(op.f("ix_published_entry_to_edition"), table_name="published_entry")
    op.drop_index(op.f("ix_published_entry_office_id"), table_name="published_entry")
    op.drop_index(op.f("ix_published_entry_from_edition"), table_name="published_entry")
    op.drop_index("ix_published_entry_entry", table_name="published_entry")
    op.drop_table("published_entry")
    op.drop_index(op.f("ix_edition_request_id"), table_name="edition")
    op.drop_index(op.f("ix_edition_office_id"), table_name="edition")
    op.drop_table("edition")
    op.drop_index(
        "uq_published_image_open",
        table_name="published_image",
        sqlite_where=sa.text("to_edition IS NULL"),
        postgresql_where=sa.text("to_edition IS NULL"),
    )
    op.drop_index(op.f("ix_published_image_to_edition"), table_name="published_image")
    op.drop_index("ix_published_image_page", table_name="published_image")
    op.drop_index(op.f("ix_published_image_office_id"), table_name="published_image")
    op.drop_index("ix_published_image_image", table_name="published_image")
    op.drop_index(op.f("ix_published_image_from_edition"), table_name="published_image")
    op.drop_table("published_image")
    op.drop_index(op.f("ix_hold_office_id"), table_name="hold")
    op.drop_index("ix_hold_image", table_name="hold")
    op.drop_index("ix_hold_entry", table_name="hold")
    op.drop_table("hold")
    op.drop_index(
        "uq_published_place_taken",
        table_name="published_place",
        sqlite_where=sa.text("to_edition IS NULL"),
        postgresql_where=sa.text("to_edition IS NULL"),
    )
    op.drop_index(
        "uq_published_place_open",
        table_name="published_place",
        sqlite_where=sa.text("to_edition IS NULL"),
        postgresql_where=sa.text("to_edition IS NULL"),
    )
    op.drop_index(op.f("ix_published_place_to_edition"), table_name="published_place")
    op.drop_index("ix_published_place_page", table_name="published_place")
    op.drop_index(op.f("ix_published_place_office_id"), table_name="published_place")
    op.drop_index(op.f("ix_published_place_from_edition"), table_name="published_place")
    op.drop_table("published_place")
    op.drop_table("edition_head")
