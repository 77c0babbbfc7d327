"""The schema's history (Alembic), one file a step, the same steps on SQLite and PostgreSQL."""
