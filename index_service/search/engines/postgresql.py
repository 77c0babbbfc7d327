"""PostgreSQL: a GIN index over the text[] column itself."""

from collections.abc import Collection, Sequence

from sqlalchemy import ColumnElement, Text, cast
from sqlalchemy.dialects.postgresql import ARRAY, array
from sqlalchemy.orm import Session

from index_service.search.tables import SearchText


class PostgresqlSearch:
    """The index keeps itself in step; the condition is array containment."""

    def after_insert(self, session: Session, rows: Sequence[SearchText]) -> None:
        """Do nothing: PostgreSQL maintains its own index."""

    def holds_all(self, words: Collection[str]) -> ColumnElement[bool]:
        """Return `tokens @> ARRAY[…]`."""
        wanted = array([*sorted(words)], type_=Text())
        return cast(SearchText.tokens, ARRAY(Text())).contains(wanted)
