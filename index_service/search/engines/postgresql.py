"""PostgreSQL: a GIN index over the text[] column itself."""

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import Select, Text, cast, literal, type_coerce
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Session

from index_service.search.tables import SearchText


class PostgresqlSearch:
    """The index keeps itself in step; the condition is array containment."""

    def after_insert(self, session: Session, rows: Sequence[SearchText]) -> None:
        """Do nothing: PostgreSQL maintains its own index."""

    def holding(self, statement: Select[Any], kind: str, words: Collection[str]) -> Select[Any]:
        """Narrow by `tokens @> ARRAY[…]`."""
        texts = ARRAY(Text())
        asked = cast(literal(sorted(words), texts), texts)
        held = type_coerce(SearchText.tokens, texts).contains(asked)
        return statement.where(SearchText.kind == kind, held)
