"""Which engine goes with which database."""

from sqlalchemy.orm import Session

from index_service.search.engines.port import SearchEngine
from index_service.search.engines.postgresql import PostgresqlSearch
from index_service.search.engines.sqlite import SqliteSearch

_ENGINES: dict[str, SearchEngine] = {"sqlite": SqliteSearch(), "postgresql": PostgresqlSearch()}


def engine_of(session: Session) -> SearchEngine:
    """Return the search engine of the session's database."""
    return _ENGINES[session.get_bind().dialect.name]
