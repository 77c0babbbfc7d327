"""What the subjects of one change set stand at now, read in a handful of queries whatever its size."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, or_, select
from sqlalchemy.orm import Session

from index_service.changesets.tables import Change
from index_service.editions.spans import stands_now
from index_service.editions.tables import PublishedEntry, PublishedImage, PublishedPlace
from index_service.entries.tables import EntryVersion

View = tuple[uuid.UUID, int]
Place = tuple[uuid.UUID, int]


@dataclass(frozen=True, slots=True)
class Pinned:
    """An entry that stands on a page, on the image it was drawn on if it names one."""

    entry_id: uuid.UUID
    version_id: uuid.UUID
    page_id: uuid.UUID
    image_id: uuid.UUID | None


@dataclass(frozen=True, slots=True)
class Standing:
    """What stands published on every page a change set touches."""

    entries: dict[uuid.UUID, Pinned]
    images: dict[View, uuid.UUID]
    places: dict[uuid.UUID, Place]


def of_set(change_set_id: uuid.UUID, page_id: uuid.UUID | None = None) -> ColumnElement[bool]:
    """Tell which changes are a set's; with a page, those that put something on it or take something off."""
    ours = Change.change_set_id == change_set_id
    if page_id is None:
        return ours
    once_there = select(EntryVersion.id).where(EntryVersion.page_id == page_id)
    return and_(ours, or_(Change.page_id == page_id, Change.base_version_id.in_(once_there)))


def read_standing(
    session: Session, change_set_id: uuid.UUID, *, page_id: uuid.UUID | None = None
) -> Standing:
    """Read the published state of all pages and entries that a change set touches, or of one page's alone."""
    pages = select(Change.page_id).where(of_set(change_set_id, page_id))
    named = select(Change.entry_id).where(of_set(change_set_id, page_id), Change.entry_id.is_not(None))
    return Standing(
        entries=_entries(session, named, pages),
        images={
            (row.page_id, row.view): row.image_id
            for row in session.execute(
                select(PublishedImage.page_id, PublishedImage.view, PublishedImage.image_id).where(
                    stands_now(PublishedImage), PublishedImage.page_id.in_(pages)
                )
            )
        },
        places={
            row.page_id: (row.volume_id, row.sequence)
            for row in session.execute(
                select(PublishedPlace.page_id, PublishedPlace.volume_id, PublishedPlace.sequence).where(
                    stands_now(PublishedPlace), PublishedPlace.page_id.in_(pages)
                )
            )
        },
    )


def read_staged_versions(
    session: Session, change_set_id: uuid.UUID, *, page_id: uuid.UUID | None = None
) -> dict[uuid.UUID, Pinned]:
    """Return, by entry, the versions that a change set would publish, or those that touch one page."""
    query = (
        select(EntryVersion.entry_id, EntryVersion.id, EntryVersion.page_id, EntryVersion.image_id)
        .join(Change, Change.new_version_id == EntryVersion.id)
        .where(of_set(change_set_id, page_id))
    )
    return {row[0]: Pinned(*row) for row in session.execute(query)}


def moved_bases(changes: Sequence[Change], standing: Standing) -> list[Change]:
    """Return the changes whose subject no longer stands at the base they start from."""
    return [change for change in changes if not _base_stands(change, standing)]


def base_place(change: Change) -> Place | None:
    """Return the place a change starts from."""
    return place_of(change.base_place)


def place_of(kept: dict[str, Any] | None) -> Place | None:
    """Turn a place as a change keeps it into volume and sequence."""
    return None if kept is None else (uuid.UUID(str(kept["volume_id"])), int(kept["sequence"]))


def _base_stands(change: Change, standing: Standing) -> bool:
    if change.entry_id is not None:
        pinned = standing.entries.get(change.entry_id)
        return change.base_version_id == (pinned.version_id if pinned else None)
    if change.action.startswith("image"):
        return change.base_image_id == standing.images.get((change.page_id, change.view))
    return base_place(change) == standing.places.get(change.page_id)


def _entries(
    session: Session, named: Select[uuid.UUID | None], pages: Select[uuid.UUID]
) -> dict[uuid.UUID, Pinned]:
    query = (
        select(EntryVersion.entry_id, EntryVersion.id, EntryVersion.page_id, EntryVersion.image_id)
        .join(PublishedEntry, PublishedEntry.version_id == EntryVersion.id)
        .where(stands_now(PublishedEntry))
    )
    found: dict[uuid.UUID, Pinned] = {}
    for part in (
        query.where(EntryVersion.page_id.in_(pages)),
        query.where(PublishedEntry.entry_id.in_(named)),
    ):
        found |= {row[0]: Pinned(*row) for row in session.execute(part)}
    return found
