"""The first tables of index_service_requests."""

import sqlalchemy as sa
from alembic import op

from storage.database.types import Json, UtcDateTime

revision: str = "index_service_requests"
down_revision: str | None = "index_service_entries"
branch_labels: str | None = None
depends_on: str | None = None


def upgrade() -> None:
    """Step forward."""
    op.create_table(
        "request_counter",
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("year", name=op.f("pk_request_counter")),
    )
    op.create_table(
        "request",
        sa.Column("number", sa.String(length=32), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("state", sa.String(length=24), nullable=False),
        sa.Column("office_id", sa.Uuid(), nullable=False),
        sa.Column("series_key", sa.String(length=64), nullable=False),
        sa.Column("letter_number", sa.String(length=64), nullable=False),
        sa.Column("contact", sa.String(length=200), nullable=False),
        sa.Column("grounds", sa.String(), nullable=False),
        sa.Column("batch_id", sa.Uuid(), nullable=True),
        sa.Column("parent_id", sa.Uuid(), nullable=True),
        sa.Column("survivor_id", sa.Uuid(), nullable=True),
        sa.Column("drafted_by", sa.Uuid(), nullable=True),
        sa.Column("approved_by", sa.Uuid(), nullable=True),
        sa.Column("operator_id", sa.Uuid(), nullable=True),
        sa.Column("delivery", sa.Integer(), nullable=False),
        sa.Column("due_on", UtcDateTime(), nullable=True),
        sa.Column("stood_still_since", UtcDateTime(), nullable=True),
        sa.Column("whole_volume_required", sa.Boolean(), nullable=False),
        sa.Column("pages_fixed", Json, nullable=True),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "kind <> 'first_load' OR batch_id IS NOT NULL", name=op.f("ck_request_first_load_has_batch")
        ),
        sa.CheckConstraint(
            "kind IN ('first_load', 'image_rebuild', 'index_correction', 'entry_creation')",
            name=op.f("ck_request_kind_known"),
        ),
        sa.CheckConstraint(
            "state <> 'merged' OR survivor_id IS NOT NULL", name=op.f("ck_request_merged_has_survivor")
        ),
        sa.CheckConstraint(
            "state IN ('draft', 'submitted', 'returned', 'withdrawn', 'accepted', 'rejected', 'merged', 'in_maintenance', 'awaiting_office', 'awaiting_rescan', 'awaiting_confirmation', 'confirmed', 'published', 'cancelled')",
            name=op.f("ck_request_state_known"),
        ),
        sa.CheckConstraint(
            "state NOT IN ('in_maintenance', 'awaiting_confirmation', 'confirmed', 'published') OR operator_id IS NOT NULL OR kind = 'first_load'",
            name=op.f("ck_request_maintained_by_someone"),
        ),
        sa.ForeignKeyConstraint(["approved_by"], ["account.id"], name=op.f("fk_request_approved_by")),
        sa.ForeignKeyConstraint(["batch_id"], ["batch.id"], name=op.f("fk_request_batch_id")),
        sa.ForeignKeyConstraint(["drafted_by"], ["account.id"], name=op.f("fk_request_drafted_by")),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name=op.f("fk_request_office_id")),
        sa.ForeignKeyConstraint(["operator_id"], ["account.id"], name=op.f("fk_request_operator_id")),
        sa.ForeignKeyConstraint(["parent_id"], ["request.id"], name=op.f("fk_request_parent_id")),
        sa.ForeignKeyConstraint(["survivor_id"], ["request.id"], name=op.f("fk_request_survivor_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_request")),
        sa.UniqueConstraint("number", name=op.f("uq_request_number")),
    )
    op.create_index(op.f("ix_request_operator_id"), "request", ["operator_id"], unique=False)
    op.create_index("ix_request_state", "request", ["state", "office_id"], unique=False)
    op.create_index(
        "uq_request_one_first_load_a_batch",
        "request",
        ["batch_id"],
        unique=True,
        sqlite_where=sa.text("kind = 'first_load' AND parent_id IS NULL"),
        postgresql_where=sa.text("kind = 'first_load' AND parent_id IS NULL"),
    )
    op.create_table(
        "confirmation",
        sa.Column("request_id", sa.Uuid(), nullable=False),
        sa.Column("office_id", sa.Uuid(), nullable=False),
        sa.Column("delivery", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("voided_at", UtcDateTime(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_confirmation_account_id")),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name=op.f("fk_confirmation_office_id")),
        sa.ForeignKeyConstraint(["request_id"], ["request.id"], name=op.f("fk_confirmation_request_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_confirmation")),
        sa.UniqueConstraint(
            "request_id", "delivery", "office_id", name=op.f("uq_confirmation_request_id_delivery_office_id")
        ),
    )
    op.create_index(op.f("ix_confirmation_office_id"), "confirmation", ["office_id"], unique=False)
    op.create_table(
        "opening",
        sa.Column("request_id", sa.Uuid(), nullable=False),
        sa.Column("office_id", sa.Uuid(), nullable=False),
        sa.Column("delivery", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("page_id", sa.Uuid(), nullable=False),
        sa.Column("part", sa.String(length=8), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("part = 'values' OR part LIKE 'image%'", name=op.f("ck_opening_part_known")),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_opening_account_id")),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name=op.f("fk_opening_office_id")),
        sa.ForeignKeyConstraint(["page_id"], ["page.id"], name=op.f("fk_opening_page_id")),
        sa.ForeignKeyConstraint(["request_id"], ["request.id"], name=op.f("fk_opening_request_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_opening")),
        sa.UniqueConstraint(
            "request_id",
            "delivery",
            "account_id",
            "page_id",
            "part",
            name=op.f("uq_opening_request_id_delivery_account_id_page_id_part"),
        ),
    )
    op.create_index(op.f("ix_opening_office_id"), "opening", ["office_id"], unique=False)
    op.create_table(
        "request_history",
        sa.Column("request_id", sa.Uuid(), nullable=False),
        sa.Column("office_id", sa.Uuid(), nullable=False),
        sa.Column("step", sa.Integer(), nullable=False),
        sa.Column("action", sa.String(length=24), nullable=False),
        sa.Column("from_state", sa.String(length=24), nullable=True),
        sa.Column("to_state", sa.String(length=24), nullable=False),
        sa.Column("actor_id", sa.Uuid(), nullable=True),
        sa.Column("delivery", sa.Integer(), nullable=False),
        sa.Column("reasons", Json, nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "to_state IN ('draft', 'submitted', 'returned', 'withdrawn', 'accepted', 'rejected', 'merged', 'in_maintenance', 'awaiting_office', 'awaiting_rescan', 'awaiting_confirmation', 'confirmed', 'published', 'cancelled')",
            name=op.f("ck_request_history_to_state_known"),
        ),
        sa.CheckConstraint("step >= 1", name=op.f("ck_request_history_step_counts_from_one")),
        sa.ForeignKeyConstraint(["actor_id"], ["account.id"], name=op.f("fk_request_history_actor_id")),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name=op.f("fk_request_history_office_id")),
        sa.ForeignKeyConstraint(["request_id"], ["request.id"], name=op.f("fk_request_history_request_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_request_history")),
        sa.UniqueConstraint("request_id", "step", name=op.f("uq_request_history_request_id_step")),
    )
    op.create_index(op.f("ix_request_history_office_id"), "request_history", ["office_id"], unique=False)
    op.create_table(
        "request_item",
        sa.Column("request_id", sa.Uuid(), nullable=False),
        sa.Column("office_id", sa.Uuid(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("fault_code", sa.String(length=32), nullable=False),
        sa.Column("volume_id", sa.Uuid(), nullable=True),
        sa.Column("page_id", sa.Uuid(), nullable=True),
        sa.Column("entry_id", sa.Uuid(), nullable=True),
        sa.Column("field_key", sa.String(length=64), nullable=True),
        sa.Column("stands_now", sa.String(), nullable=False),
        sa.Column("should_stand", sa.String(), nullable=False),
        sa.Column("result", sa.String(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["entry_id"], ["entry.id"], name=op.f("fk_request_item_entry_id")),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name=op.f("fk_request_item_office_id")),
        sa.ForeignKeyConstraint(["page_id"], ["page.id"], name=op.f("fk_request_item_page_id")),
        sa.ForeignKeyConstraint(["request_id"], ["request.id"], name=op.f("fk_request_item_request_id")),
        sa.ForeignKeyConstraint(["volume_id"], ["volume.id"], name=op.f("fk_request_item_volume_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_request_item")),
        sa.UniqueConstraint("request_id", "ordinal", name=op.f("uq_request_item_request_id_ordinal")),
    )
    op.create_index(op.f("ix_request_item_entry_id"), "request_item", ["entry_id"], unique=False)
    op.create_index(op.f("ix_request_item_office_id"), "request_item", ["office_id"], unique=False)
    op.create_index(op.f("ix_request_item_page_id"), "request_item", ["page_id"], unique=False)
    op.create_table(
        "rescan_order",
        sa.Column("request_id", sa.Uuid(), nullable=False),
        sa.Column("office_id", sa.Uuid(), nullable=False),
        sa.Column("page_id", sa.Uuid(), nullable=False),
        sa.Column("view", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.Column("ordered_at", UtcDateTime(), nullable=False),
        sa.Column("answered_at", UtcDateTime(), nullable=True),
        sa.Column("batch_id", sa.Uuid(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "(answered_at IS NULL) = (batch_id IS NULL)", name=op.f("ck_rescan_order_answered_by_batch")
        ),
        sa.ForeignKeyConstraint(["batch_id"], ["batch.id"], name=op.f("fk_rescan_order_batch_id")),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name=op.f("fk_rescan_order_office_id")),
        sa.ForeignKeyConstraint(["page_id"], ["page.id"], name=op.f("fk_rescan_order_page_id")),
        sa.ForeignKeyConstraint(["request_id"], ["request.id"], name=op.f("fk_rescan_order_request_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rescan_order")),
    )
    op.create_index(op.f("ix_rescan_order_office_id"), "rescan_order", ["office_id"], unique=False)
    op.create_index(op.f("ix_rescan_order_request_id"), "rescan_order", ["request_id"], unique=False)
    op.create_index(
        "uq_rescan_order_open",
        "rescan_order",
        ["request_id", "page_id", "view"],
        unique=True,
        sqlite_where=sa.text("answered_at IS NULL"),
        postgresql_where=sa.text("answered_at IS NULL"),
    )


def downgrade() -> None:
    """Step back."""
    op.drop_index(
        "uq_rescan_order_open",
        table_name="rescan_order",
        sqlite_where=sa.text("answered_at IS NULL"),
        postgresql_where=sa.text("answered_at IS NULL"),
    )
    op.drop_index(op.f("ix_rescan_order_request_id"), table_name="rescan_order")
    op.drop_index(op.f("ix_rescan_order_office_id"), table_name="rescan_order")
    op.drop_table("rescan_order")
    op.drop_index(op.f("ix_request_item_page_id"), table_name="request_item")
    op.drop_index(op.f("ix_request_item_office_id"), table_name="request_item")
    op.drop_index(op.f("ix_request_item_entry_id"), table_name="request_item")
    op.drop_table("request_item")
    op.drop_index(op.f("ix_request_history_office_id"), table_name="request_history")
    op.drop_table("request_history")
    op.drop_index(op.f("ix_opening_office_id"), table_name="opening")
    op.drop_table("opening")
    op.drop_index(op.f("ix_confirmation_office_id"), table_name="confirmation")
    op.drop_table("confirmation")
    op.drop_index(
        "uq_request_one_first_load_a_batch",
        table_name="request",
        sqlite_where=sa.text("kind = 'first_load' AND parent_id IS NULL"),
        postgresql_where=sa.text("kind = 'first_load' AND parent_id IS NULL"),
    )
    op.drop_index("ix_request_state", table_name="request")
    op.drop_index(op.f("ix_request_operator_id"), table_name="request")
    op.drop_table("request")
    op.drop_table("request_counter")
