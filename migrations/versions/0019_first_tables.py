"""The first tables are made."""

revision: str = "first_tables"
down_revision: str | None = "index_service_search"
branch_labels: str | None = None
depends_on: str | None = None


def upgrade() -> None:
    """Step forward."""
    pass


def downgrade() -> None:
    """Step back."""
    pass
