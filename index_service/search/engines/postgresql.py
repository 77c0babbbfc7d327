"""PostgreSQL: a GIN index over the text[] column itself."""

from collections.abc import Collection, Sequence

from sqlalchemy import ColumnElement, Text, cast, literal, type_coerce
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Session

from index_service.search.tables import SearchText


class PostgresqlSearch:
    """The index keeps itself in step; the condition is array containment."""

    def after_insert(self, session: Session, rows: Sequence[SearchText]) -> None:
        """Do nothing: PostgreSQL maintains its own index."""

    def holds_all(self, words: Collection[str]) -> ColumnElement[bool]:
        """Return `tokens @> ARRAY[…]`."""
        texts = ARRAY(Text())
        return type_coerce(SearchText.tokens, texts).contains(cast(literal(sorted(words), texts), texts))
