"""The indexes over search tokens, each engine's own: GIN on PostgreSQL, FTS5 on SQLite."""

from alembic import op

revision: str = "search_engines"
down_revision: str | None = "first_tables"
branch_labels: str | None = None
depends_on: str | None = None


def upgrade() -> None:
    """Step forward; SQLite's table keeps no content and no positions, since words are looked up whole."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute("CREATE INDEX ix_search_text_tokens ON search_text USING gin (tokens)")
        return
    op.execute(
        "CREATE VIRTUAL TABLE search_text_words USING"
        " fts5(words, content='', columnsize=0, detail='none', tokenize='unicode61')"
    )
    op.execute("INSERT INTO search_text_words(rowid, words) SELECT id, tokens FROM search_text ORDER BY id")


def downgrade() -> None:
    """Step back."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP INDEX ix_search_text_tokens")
    else:
        op.execute("DROP TABLE search_text_words")
