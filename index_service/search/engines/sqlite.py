"""SQLite: an FTS5 table without content beside search_text; its rowid is the text's id."""

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import Integer, Select, column, literal_column, select, table, text
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

    def holding(self, statement: Select[Any], kind: str, words: Collection[str]) -> Select[Any]:
        """Narrow by `id IN (SELECT rowid … MATCH 'a AND b')`.

        The plus keeps SQLite from walking its index of the kind and asking FTS5 about each text by itself.
        """
        matching = literal_column("search_text_words").op("MATCH")(" AND ".join(sorted(words)))
        found = select(_WORDS.c.rowid).where(matching)
        return statement.where(SearchText.id.in_(found), literal_column("+search_text.kind") == kind)
