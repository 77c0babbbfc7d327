"""Conditions by which a query reads one edition, usable by every room that reads what is published."""

from sqlalchemy import ColumnElement, and_, or_

from index_service.editions.tables import PublishedEntry, PublishedImage, PublishedPlace

Spanned = type[PublishedEntry] | type[PublishedImage] | type[PublishedPlace]


def stands_at(span: Spanned, edition: int) -> ColumnElement[bool]:
    """Tell which rows stand published as of an edition: `[from, to)` holds it."""
    return and_(
        span.from_edition <= edition,
        or_(span.to_edition.is_(None), span.to_edition > edition),
    )


def stands_now(span: Spanned) -> ColumnElement[bool]:
    """Tell which rows stand published at the head; for staging and publishing, never for readers."""
    return span.to_edition.is_(None)
