"""What a change set holds, and what stands published of its subjects."""

import uuid
from collections.abc import Collection, Sequence

from sqlalchemy import ColumnElement, exists, func, select
from sqlalchemy.orm import Session

from index_service.changesets.tables import Change, ChangeSet
from index_service.editions.spans import stands_now
from index_service.editions.tables import PublishedEntry, PublishedImage, PublishedPlace
from index_service.entries.tables import EntryVersion

# What nobody read has no doubt in it, and is listed after everything that was read.
_NO_READING = 2.0


def change_set_of(session: Session, request_id: uuid.UUID) -> ChangeSet | None:
    """Return the change set of a request, if work on it has begun."""
    return session.scalar(select(ChangeSet).where(ChangeSet.request_id == request_id))


def changes_of(session: Session, change_set_id: uuid.UUID) -> Sequence[Change]:
    """Return the changes of a set, least certain first; those without a confidence come last."""
    query = (
        select(Change)
        .where(Change.change_set_id == change_set_id)
        .order_by(Change.least_confidence.is_(None), Change.least_confidence, Change.id)
    )
    return session.scalars(query).all()


def list_changes(
    session: Session,
    change_set_id: uuid.UUID,
    *,
    after: tuple[float, uuid.UUID] | None = None,
    page_id: uuid.UUID | None = None,
    limit: int = 50,
) -> Sequence[Change]:
    """Return a stretch of a set's changes, least certain first, after a sort key (see `certainty_of`)."""
    certainty = func.coalesce(Change.least_confidence, _NO_READING)
    query = select(Change).where(Change.change_set_id == change_set_id)
    if page_id is not None:
        query = query.where(Change.page_id == page_id)
    if after is not None:
        doubt, last = after
        query = query.where((certainty > doubt) | ((certainty == doubt) & (Change.id > last)))
    return session.scalars(query.order_by(certainty, Change.id).limit(limit)).all()


def doubts_left(
    session: Session, request_ids: Collection[uuid.UUID], *, doubt_below: float
) -> dict[uuid.UUID, tuple[int, float | None]]:
    """Return by request how many staged entries are left to review, and the least confidence among them.

    Left are those nobody has saved, and those saved with a value in doubt.
    """
    query = (
        select(ChangeSet.request_id, func.count(), func.min(Change.least_confidence))
        .join(Change, Change.change_set_id == ChangeSet.id)
        .where(ChangeSet.request_id.in_(request_ids), left_to_review(doubt_below))
        .group_by(ChangeSet.request_id)
    )
    return {request_id: (count, least) for request_id, count, least in session.execute(query)}


def left_to_review(doubt_below: float) -> ColumnElement[bool]:
    """Return the condition of a staged entry that nobody has saved, or one saved with a value in doubt."""
    return Change.new_version_id.is_not(None) & (
        Change.reviewed_by.is_(None) | (Change.least_confidence < doubt_below)
    )


def certainty_of(change: Change) -> float:
    """Return what a change is sorted by: its least confidence; images, places and retirements come last."""
    return _NO_READING if change.least_confidence is None else change.least_confidence


def find_change(session: Session, change_set_id: uuid.UUID, subject: str) -> Change | None:
    """Return what a set does to a subject, if anything."""
    return session.scalar(select(Change).filter_by(change_set_id=change_set_id, subject=subject))


def standing_version_id(session: Session, entry_id: uuid.UUID) -> uuid.UUID | None:
    """Return the version of an entry that stands published now."""
    query = select(PublishedEntry.version_id).where(
        PublishedEntry.entry_id == entry_id, stands_now(PublishedEntry)
    )
    return session.scalar(query)


def standing_image_id(session: Session, page_id: uuid.UUID, view: int) -> uuid.UUID | None:
    """Return the image of a page's view that stands published now."""
    query = select(PublishedImage.image_id).where(
        PublishedImage.page_id == page_id, PublishedImage.view == view, stands_now(PublishedImage)
    )
    return session.scalar(query)


def standing_images(session: Session, page_id: uuid.UUID) -> dict[int, uuid.UUID]:
    """Return the images of a page that stand published now, by view."""
    query = select(PublishedImage.view, PublishedImage.image_id).where(
        PublishedImage.page_id == page_id, stands_now(PublishedImage)
    )
    return dict(session.execute(query).all())


def standing_place(session: Session, page_id: uuid.UUID) -> dict[str, object] | None:
    """Return where a page stands published now, as `{"volume_id", "sequence"}`."""
    query = select(PublishedPlace.volume_id, PublishedPlace.sequence).where(
        PublishedPlace.page_id == page_id, stands_now(PublishedPlace)
    )
    row = session.execute(query).one_or_none()
    return None if row is None else {"volume_id": str(row.volume_id), "sequence": row.sequence}


def standing_versions_on_image(session: Session, image_id: uuid.UUID) -> Sequence[EntryVersion]:
    """Return the published versions that were drawn on an image, in page order."""
    query = (
        select(EntryVersion)
        .join(PublishedEntry, PublishedEntry.version_id == EntryVersion.id)
        .where(EntryVersion.image_id == image_id, stands_now(PublishedEntry))
        .order_by(EntryVersion.ordinal, EntryVersion.id)
    )
    return session.scalars(query).all()


def entries_under_way(session: Session, entry_ids: Collection[uuid.UUID]) -> set[uuid.UUID]:
    """Return which of these entries an open change set is about to change."""
    query = (
        select(Change.entry_id)
        .join(ChangeSet, ChangeSet.id == Change.change_set_id)
        .where(ChangeSet.state == "open", Change.entry_id.in_(entry_ids))
    )
    return {one for one in session.scalars(query) if one is not None}


def page_has_standing_entries(session: Session, page_id: uuid.UUID) -> bool:
    """Tell whether any entry of a page stands published now."""
    query = (
        select(PublishedEntry.id)
        .join(EntryVersion, PublishedEntry.version_id == EntryVersion.id)
        .where(EntryVersion.page_id == page_id, stands_now(PublishedEntry))
    )
    return bool(session.scalar(select(exists(query))))


def page_has_staged_entries(session: Session, change_set_id: uuid.UUID, page_id: uuid.UUID) -> bool:
    """Tell whether a set stages values of any entry of a page."""
    query = select(Change.id).where(
        Change.change_set_id == change_set_id, Change.page_id == page_id, Change.new_version_id.is_not(None)
    )
    return bool(session.scalar(select(exists(query))))
