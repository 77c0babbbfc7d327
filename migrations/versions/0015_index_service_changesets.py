"""The first tables of index_service_changesets."""

import sqlalchemy as sa
from alembic import op

from storage.database.types import Json, UtcDateTime

revision: str = "index_service_changesets"
down_revision: str | None = "index_service_lookups"
branch_labels: str | None = None
depends_on: str | None = None


def upgrade() -> None:
    """Step forward."""
    op.create_table(
        "change_set",
        sa.Column("request_id", sa.Uuid(), nullable=False),
        sa.Column("office_id", sa.Uuid(), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("reverses_edition", sa.Integer(), nullable=True),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "state IN ('open', 'published', 'closed')", name=op.f("ck_change_set_state_known")
        ),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name=op.f("fk_change_set_office_id")),
        sa.ForeignKeyConstraint(["request_id"], ["request.id"], name=op.f("fk_change_set_request_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_change_set")),
        sa.UniqueConstraint("request_id", name=op.f("uq_change_set_request_id")),
    )
    op.create_index(op.f("ix_change_set_office_id"), "change_set", ["office_id"], unique=False)
    op.create_table(
        "change",
        sa.Column("change_set_id", sa.Uuid(), nullable=False),
        sa.Column("office_id", sa.Uuid(), nullable=False),
        sa.Column("item_id", sa.Uuid(), nullable=True),
        sa.Column("subject", sa.String(length=80), nullable=False),
        sa.Column("action", sa.String(length=20), nullable=False),
        sa.Column("page_id", sa.Uuid(), nullable=False),
        sa.Column("view", sa.Integer(), nullable=False),
        sa.Column("entry_id", sa.Uuid(), nullable=True),
        sa.Column("base_version_id", sa.Uuid(), nullable=True),
        sa.Column("new_version_id", sa.Uuid(), nullable=True),
        sa.Column("base_image_id", sa.Uuid(), nullable=True),
        sa.Column("new_image_id", sa.Uuid(), nullable=True),
        sa.Column("base_place", Json, nullable=True),
        sa.Column("new_volume_id", sa.Uuid(), nullable=True),
        sa.Column("new_sequence", sa.Integer(), nullable=True),
        sa.Column("least_confidence", sa.Double(), nullable=True),
        sa.Column("staged_by", sa.Uuid(), nullable=True),
        sa.Column("reviewed_by", sa.Uuid(), nullable=True),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "action <> 'entry_created' OR base_version_id IS NULL", name=op.f("ck_change_created_has_no_base")
        ),
        sa.CheckConstraint(
            "action <> 'entry_retired' OR new_version_id IS NULL",
            name=op.f("ck_change_retired_has_no_version"),
        ),
        sa.CheckConstraint(
            "action <> 'image_added' OR base_image_id IS NULL", name=op.f("ck_change_added_has_no_base")
        ),
        sa.CheckConstraint(
            "action <> 'page_placed' OR (new_volume_id IS NOT NULL AND new_sequence IS NOT NULL)",
            name=op.f("ck_change_place_named"),
        ),
        sa.CheckConstraint(
            "action <> 'page_withdrawn' OR base_place IS NOT NULL", name=op.f("ck_change_withdrawn_has_base")
        ),
        sa.CheckConstraint(
            "action IN ('image_replaced', 'image_added', 'image_withdrawn', 'page_placed', 'page_withdrawn', 'entry_created', 'entry_updated', 'entry_retired')",
            name=op.f("ck_change_action_known"),
        ),
        sa.CheckConstraint(
            "action NOT IN ('entry_created', 'entry_updated') OR new_version_id IS NOT NULL",
            name=op.f("ck_change_entry_has_version"),
        ),
        sa.CheckConstraint(
            "action NOT IN ('entry_updated', 'entry_retired') OR base_version_id IS NOT NULL",
            name=op.f("ck_change_entry_has_base"),
        ),
        sa.CheckConstraint(
            "action NOT IN ('image_replaced', 'image_added') OR new_image_id IS NOT NULL",
            name=op.f("ck_change_image_named"),
        ),
        sa.CheckConstraint(
            "action NOT IN ('image_replaced', 'image_withdrawn') OR base_image_id IS NOT NULL",
            name=op.f("ck_change_image_has_base"),
        ),
        sa.CheckConstraint(
            "action NOT LIKE 'entry%' OR entry_id IS NOT NULL", name=op.f("ck_change_entry_named")
        ),
        sa.ForeignKeyConstraint(["base_image_id"], ["page_image.id"], name=op.f("fk_change_base_image_id")),
        sa.ForeignKeyConstraint(
            ["base_version_id"], ["entry_version.id"], name=op.f("fk_change_base_version_id")
        ),
        sa.ForeignKeyConstraint(["change_set_id"], ["change_set.id"], name=op.f("fk_change_change_set_id")),
        sa.ForeignKeyConstraint(["entry_id"], ["entry.id"], name=op.f("fk_change_entry_id")),
        sa.ForeignKeyConstraint(["item_id"], ["request_item.id"], name=op.f("fk_change_item_id")),
        sa.ForeignKeyConstraint(["new_image_id"], ["page_image.id"], name=op.f("fk_change_new_image_id")),
        sa.ForeignKeyConstraint(
            ["new_version_id"], ["entry_version.id"], name=op.f("fk_change_new_version_id")
        ),
        sa.ForeignKeyConstraint(["new_volume_id"], ["volume.id"], name=op.f("fk_change_new_volume_id")),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name=op.f("fk_change_office_id")),
        sa.ForeignKeyConstraint(["page_id"], ["page.id"], name=op.f("fk_change_page_id")),
        sa.ForeignKeyConstraint(["reviewed_by"], ["account.id"], name=op.f("fk_change_reviewed_by")),
        sa.ForeignKeyConstraint(["staged_by"], ["account.id"], name=op.f("fk_change_staged_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_change")),
        sa.UniqueConstraint("change_set_id", "subject", name=op.f("uq_change_change_set_id_subject")),
    )
    op.create_index("ix_change_entry", "change", ["entry_id"], unique=False)
    op.create_index(op.f("ix_change_office_id"), "change", ["office_id"], unique=False)
    op.create_index("ix_change_page", "change", ["page_id"], unique=False)


def downgrade() -> None:
    """Step back."""
    op.drop_index("ix_change_page", table_name="change")
    op.drop_index(op.f("ix_change_office_id"), table_name="change")
    op.drop_index("ix_change_entry", table_name="change")
    op.drop_table("change")
    op.drop_index(op.f("ix_change_set_office_id"), table_name="change_set")
    op.drop_table("change_set")
