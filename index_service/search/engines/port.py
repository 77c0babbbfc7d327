"""What an engine does for a search: find the texts that hold every word."""

from collections.abc import Collection, Sequence
from typing import Any, Protocol

from sqlalchemy import Select
from sqlalchemy.orm import Session

from index_service.search.tables import SearchText


class SearchEngine(Protocol):
    """Engine-specific index over SearchText.tokens."""

    def after_insert(self, session: Session, rows: Sequence[SearchText]) -> None:
        """Keep the engine's index in step with newly inserted rows, in the same transaction."""
        ...

    def holding(self, statement: Select[Any], kind: str, words: Collection[str]) -> Select[Any]:
        """Narrow a statement over SearchText to texts of a kind whose tokens hold all of these words."""
        ...
