"""SQLite: an FTS5 table without content beside search_text; its rowid is the text's id."""

from collections.abc import Collection, Sequence

from sqlalchemy import ColumnElement, Integer, String, literal_column, select, text
from sqlalchemy.orm import Session

from index_service.search.tables import SearchText


class SqliteSearch:
    """Words are hex (search.types.as_word), so a MATCH expression of them needs no quoting."""

    def after_insert(self, session: Session, rows: Sequence[SearchText]) -> None:
        """Insert the words of new rows into the FTS5 table."""
        if rows:
            session.execute(
                text("INSERT INTO search_text_words(rowid, words) VALUES (:id, :words)"),
                [{"id": row.id, "words": " ".join(row.tokens)} for row in rows],
            )

    def holds_all(self, words: Collection[str]) -> ColumnElement[bool]:
        """Return `id IN (SELECT rowid … MATCH 'a AND b')`."""
        found = (
            select(literal_column("rowid", Integer()))
            .select_from(text("search_text_words"))
            .where(literal_column("search_text_words", String()).op("MATCH")(" AND ".join(sorted(words))))
        )
        return SearchText.id.in_(found)
