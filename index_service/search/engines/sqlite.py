"""SQLite: an FTS5 table without content beside search_text; its rowid is the text's id."""

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import Integer, Select, column, literal_column, table, text
from sqlalchemy.orm import Session

from index_service.search.tables import SearchText

_WORDS = table("search_text_words", column("rowid", Integer))


class SqliteSearch:
    """Words are hex (search.types.as_word), so a MATCH expression of them needs no quoting."""

    def after_insert(self, session: Session, rows: Sequence[SearchText]) -> None:
        """Insert the words of new rows into the FTS5 table."""
        if rows:
            session.execute(
                text("INSERT INTO search_text_words(rowid, words) VALUES (:id, :words)"),
                [{"id": row.id, "words": " ".join(row.tokens)} for row in rows],
            )

    def holding(self, statement: Select[Any], words: Collection[str]) -> Select[Any]:
        """Narrow by joining the FTS5 table, whose matches come one by one: a LIMIT stops them early."""
        matching = literal_column("search_text_words").op("MATCH")(" AND ".join(sorted(words)))
        return statement.where(SearchText.id == _WORDS.c.rowid, matching)
