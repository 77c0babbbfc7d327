"""The database's clock, by which leases and due times are judged: workers' clocks differ, it does not."""

from datetime import UTC, datetime

from sqlalchemy import text
from sqlalchemy.orm import Session

_POSTGRESQL = text("SELECT clock_timestamp()")
_SQLITE = text("SELECT strftime('%Y-%m-%dT%H:%M:%f+00:00', 'now')")


def database_now(session: Session) -> datetime:
    """This very moment (not the transaction's start), aware, in UTC; SQLite counts in milliseconds."""
    if session.get_bind().dialect.name == "sqlite":
        return datetime.fromisoformat(session.execute(_SQLITE).scalar_one())
    moment: datetime = session.execute(_POSTGRESQL).scalar_one()
    return moment.astimezone(UTC)
