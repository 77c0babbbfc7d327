"""Which pages of an unpublished first load nobody has touched yet, so that a rerun may propose anew."""

import uuid
from dataclasses import dataclass

from sqlalchemy import ColumnElement, exists, select
from sqlalchemy.orm import Session, aliased

from domain.workflow import Kind, State
from index_service.changesets.tables import Change, ChangeSet
from index_service.entries.tables import EntryVersion
from index_service.requests.tables import Request
from storage.catalogue.tables import PageImage
from storage.database.locking import lock_row

_BEFORE_DELIVERY = (State.ACCEPTED.value, State.IN_MAINTENANCE.value)
_ANEW = {"populate_existing": True}


@dataclass(frozen=True, slots=True)
class Unreviewed:
    """A page's proposals as a first load stages them: the set, the item that stands for the page, and each
    version with its change."""

    change_set: ChangeSet
    item_id: uuid.UUID | None
    staged: tuple[tuple[EntryVersion, Change], ...]

    def change_of(self, entry_id: uuid.UUID) -> Change:
        """Return the change that stages an entry."""
        return next(change for version, change in self.staged if version.entry_id == entry_id)


def is_unreviewed() -> ColumnElement[bool]:
    """Return the condition of an image's change whose page nobody has worked on, in a first load that was
    never delivered; for queries that join Change, ChangeSet and Request."""
    other = aliased(Change)
    touched = exists().where(
        other.change_set_id == Change.change_set_id,
        other.page_id == Change.page_id,
        other.staged_by.is_not(None) | other.reviewed_by.is_not(None),
    )
    return (
        (ChangeSet.state == "open")
        & (Request.kind == Kind.FIRST_LOAD.value)
        & Request.state.in_(_BEFORE_DELIVERY)
        & (Request.delivery == 0)
        & Change.action.in_(("image_added", "image_replaced"))
        & ~touched
    )


def find_unreviewed(session: Session, image: PageImage, *, lock: bool) -> Unreviewed | None:
    """Return what a first load proposes on an image; None if none does or a person has been at that page.

    `lock` keeps the request from being delivered, and its proposals from being edited, meanwhile.
    """
    change_set = _staging(session, image)
    if change_set is not None and lock:
        lock_row(session, Request, change_set.request_id)
        # Until we held the request, an operator may have edited or delivered.
        change_set = _staging(session, image)
    return None if change_set is None else _whole(session, change_set, image)


def _staging(session: Session, image: PageImage) -> ChangeSet | None:
    query = (
        select(ChangeSet)
        .join(Request, Request.id == ChangeSet.request_id)
        .join(Change, Change.change_set_id == ChangeSet.id)
        .where(Change.new_image_id == image.id, is_unreviewed())
    )
    return session.scalar(query, execution_options=_ANEW)


def _whole(session: Session, change_set: ChangeSet, image: PageImage) -> Unreviewed | None:
    """Return the page's proposals, unless one was struck out or one is of an entry that stands already."""
    entries = (
        select(EntryVersion, Change)
        .join(Change, Change.new_version_id == EntryVersion.id)
        .where(Change.change_set_id == change_set.id, Change.page_id == image.page_id)
        .order_by(EntryVersion.ordinal, EntryVersion.id)
    )
    staged = tuple((version, change) for version, change in session.execute(entries, execution_options=_ANEW))
    if any(change.action != "entry_created" for _, change in staged):
        return None
    drawn = set(session.scalars(select(EntryVersion.entry_id).filter_by(image_id=image.id)))
    if drawn - {version.entry_id for version, _ in staged}:
        return None
    item = select(Change.item_id).filter_by(change_set_id=change_set.id, new_image_id=image.id)
    own = tuple(one for one in staged if one[0].image_id == image.id)
    return Unreviewed(change_set, session.scalar(item), own)
