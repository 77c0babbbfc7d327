"""What an engine does for a search: find the texts that hold every word."""

from collections.abc import Collection, Sequence
from typing import Protocol

from sqlalchemy import ColumnElement
from sqlalchemy.orm import Session

from index_service.search.tables import SearchText


class SearchEngine(Protocol):
    """Engine-specific index over SearchText.tokens."""

    def after_insert(self, session: Session, rows: Sequence[SearchText]) -> None:
        """Keep the engine's index in step with newly inserted rows, in the same transaction."""
        ...

    def holds_all(self, words: Collection[str]) -> ColumnElement[bool]:
        """Return the condition that a SearchText's tokens hold every one of these words (at least one)."""
        ...
