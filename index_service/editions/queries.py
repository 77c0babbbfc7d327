"""What stands published, as of an edition.

A reader calls `current_edition` once and passes that number to every query that follows: what a later
publication closes or opens while it reads is then invisible to it. Matching, masks and holds are today's.
"""

import uuid
from collections.abc import Collection, Sequence

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from index_service.editions.hold_queries import entry_not_held as entry_not_held
from index_service.editions.hold_queries import image_not_held as image_not_held
from index_service.editions.spans import stands_at as stands_at
from index_service.editions.tables import Edition, EditionHead, PublishedEntry, PublishedImage, PublishedPlace
from index_service.entries.tables import EntryVersion
from storage.catalogue.tables import PageImage


def current_edition(session: Session) -> int:
    """Return the number of the newest committed edition; 0 before the first."""
    return session.scalar(select(EditionHead.number)) or 0


def published_versions_query(edition: int, *, include_held: bool = False) -> Select[EntryVersion]:
    """Select the entry versions published as of an edition, for others to narrow down."""
    query = (
        select(EntryVersion)
        .join(PublishedEntry, PublishedEntry.version_id == EntryVersion.id)
        .where(stands_at(PublishedEntry, edition))
    )
    return query if include_held else query.where(entry_not_held(PublishedEntry.entry_id))


def published_versions(
    session: Session,
    edition: int,
    *,
    entry_ids: Collection[uuid.UUID] | None = None,
    page_id: uuid.UUID | None = None,
    office_id: uuid.UUID | None = None,
    include_held: bool = False,
) -> Sequence[EntryVersion]:
    """Return the versions published as of an edition, in page order; held entries only if asked for.

    `include_held` is for those who maintain the register; a lookup never sets it.
    """
    query = published_versions_query(edition, include_held=include_held)
    if entry_ids is not None:
        query = query.where(EntryVersion.entry_id.in_(entry_ids))
    if page_id is not None:
        query = query.where(EntryVersion.page_id == page_id)
    if office_id is not None:
        query = query.where(EntryVersion.office_id == office_id)
    return session.scalars(query.order_by(EntryVersion.page_id, EntryVersion.ordinal, EntryVersion.id)).all()


def published_image_at(
    session: Session, edition: int, *, page_id: uuid.UUID, view: int = 1, include_held: bool = False
) -> PageImage | None:
    """Return the image of a page's view as of an edition; None if there is none, or it is held."""
    query = (
        select(PageImage)
        .join(PublishedImage, PublishedImage.image_id == PageImage.id)
        .where(stands_at(PublishedImage, edition))
        .where(PublishedImage.page_id == page_id, PublishedImage.view == view)
    )
    if not include_held:
        query = query.where(image_not_held(PublishedImage.image_id))
    return session.scalar(query)


def places_at(session: Session, edition: int, *, volume_id: uuid.UUID) -> Sequence[PublishedPlace]:
    """Return which pages stand in a volume as of an edition, in their order."""
    query = (
        select(PublishedPlace)
        .where(stands_at(PublishedPlace, edition), PublishedPlace.volume_id == volume_id)
        .order_by(PublishedPlace.sequence)
    )
    return session.scalars(query).all()


def place_at(session: Session, edition: int, *, page_id: uuid.UUID) -> PublishedPlace | None:
    """Return where a page stands as of an edition, if it stands anywhere."""
    query = select(PublishedPlace).where(
        stands_at(PublishedPlace, edition), PublishedPlace.page_id == page_id
    )
    return session.scalar(query)


def find_edition(session: Session, number: int) -> Edition | None:
    """Return one edition."""
    return session.get(Edition, number)


def list_editions(
    session: Session, *, office_id: uuid.UUID | None, before: int | None = None, limit: int = 50
) -> Sequence[Edition]:
    """Return editions, newest first, below the number `before`; `office_id` None sees every office."""
    query = select(Edition).order_by(Edition.number.desc()).limit(limit)
    if office_id is not None:
        query = query.where(Edition.office_id == office_id)
    if before is not None:
        query = query.where(Edition.number < before)
    return session.scalars(query).all()
