"""One token scheme, two engines: PostgreSQL's GIN over text[], SQLite's FTS5."""
