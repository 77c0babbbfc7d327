"""What a published version can be found by: texts with their tokens, and dates."""

import uuid
from datetime import date

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, Integer, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from index_service.search.types import Tokens
from storage.database.base import Base, Identified


class SearchText(Base):
    """One name or place of one version, as written and as folded, with the tokens of the folded text.

    Written when the version is published, so that nothing staged can be found. The engines' own indexes
    over `tokens` (GIN on PostgreSQL, an FTS5 table beside this one on SQLite) come with the migrations.
    """

    __tablename__ = "search_text"
    __table_args__ = (
        UniqueConstraint("version_id", "field_key"),
        CheckConstraint("kind IN ('name', 'place')", name="kind_known"),
        Index("ix_search_text_folded", "kind", "folded", postgresql_ops={"folded": "text_pattern_ops"}),
    )
    id: Mapped[int] = mapped_column(
        BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=True
    )
    version_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("entry_version.id"))
    entry_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("entry.id"))
    office_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("office.id"), index=True)
    kind: Mapped[str] = mapped_column(String(8))
    field_key: Mapped[str] = mapped_column(String(64))
    written: Mapped[str]
    folded: Mapped[str]
    tokens: Mapped[list[str]] = mapped_column(Tokens)


class SearchDate(Identified, Base):
    """One date of one version, as the first and last Gregorian day it may mean."""

    __tablename__ = "search_date"
    __table_args__ = (
        UniqueConstraint("version_id", "field_key"),
        Index("ix_search_date_range", "earliest", "latest"),
    )
    version_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("entry_version.id"))
    entry_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("entry.id"))
    office_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("office.id"), index=True)
    field_key: Mapped[str] = mapped_column(String(64))
    earliest: Mapped[date]
    latest: Mapped[date]
