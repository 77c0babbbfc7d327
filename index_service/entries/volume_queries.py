"""Volumes and pages with what is published of them, for those who keep or maintain them."""

import uuid
from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from access.principal import Principal
from index_service.editions.spans import stands_at
from index_service.editions.tables import PublishedPlace
from storage.catalogue.tables import Page, Volume


def list_volumes(
    session: Session,
    *,
    actor: Principal,
    designation: str = "",
    after: tuple[str, uuid.UUID] | None = None,
    limit: int = 50,
) -> Sequence[Volume]:
    """Return volumes by designation, an office its own; `designation` is how they begin.

    `after` is the designation and id of the last one shown: two offices may use one designation.
    """
    query = select(Volume).order_by(Volume.designation, Volume.id).limit(limit)
    if not actor.sees_every_office:
        query = query.where(Volume.office_id == actor.office_id)
    if designation:
        query = query.where(Volume.designation.startswith(designation, autoescape=True))
    if after is not None:
        name, last = after
        same = (Volume.designation == name) & (Volume.id > last)
        query = query.where((Volume.designation > name) | same)
    return session.scalars(query).all()


def find_volume(session: Session, volume_id: uuid.UUID, *, actor: Principal) -> Volume | None:
    """Return a volume in the actor's sight."""
    query = select(Volume).where(Volume.id == volume_id)
    if not actor.sees_every_office:
        query = query.where(Volume.office_id == actor.office_id)
    return session.scalar(query)


def count_published_pages(
    session: Session, edition: int, volume_ids: Sequence[uuid.UUID]
) -> dict[uuid.UUID, int]:
    """Count how many pages stand in each volume as of an edition."""
    query = (
        select(PublishedPlace.volume_id, func.count())
        .where(stands_at(PublishedPlace, edition), PublishedPlace.volume_id.in_(volume_ids))
        .group_by(PublishedPlace.volume_id)
    )
    return {row[0]: row[1] for row in session.execute(query)}


def pages_of_volume(session: Session, edition: int, volume_id: uuid.UUID) -> Sequence[tuple[Page, int]]:
    """Return the pages that stand in a volume as of an edition, with their sequence, in order."""
    query = (
        select(Page, PublishedPlace.sequence)
        .join(PublishedPlace, PublishedPlace.page_id == Page.id)
        .where(stands_at(PublishedPlace, edition), PublishedPlace.volume_id == volume_id)
        .order_by(PublishedPlace.sequence)
    )
    return [(page, sequence) for page, sequence in session.execute(query)]
