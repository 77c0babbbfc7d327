"""One page before and after a change set: its images, its place and its entries."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from access.http.problems import NotFound
from index_service.changesets.standing import (
    Pinned,
    Place,
    Standing,
    of_set,
    place_of,
    read_staged_versions,
    read_standing,
)
from index_service.changesets.tables import Change, ChangeSet
from index_service.changesets.validation import after_change
from index_service.editions.tables import Edition
from index_service.entries.field_values import Fields, changed_keys
from index_service.entries.tables import EntryVersion
from storage.catalogue.tables import PageImage


@dataclass(frozen=True, slots=True)
class EntryBeside:
    """An entry of the page, before and after; None on the side where it does not stand."""

    entry_id: uuid.UUID
    change_id: uuid.UUID | None
    action: str | None
    before: EntryVersion | None
    after: EntryVersion | None
    changed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PageBeside:
    """A page before and after; images by view."""

    page_id: uuid.UUID
    images_before: dict[int, uuid.UUID]
    images_after: dict[int, uuid.UUID]
    place_before: Place | None
    place_after: Place | None
    entries: tuple[EntryBeside, ...]


def compare_page(session: Session, change_set: ChangeSet, page_id: uuid.UUID) -> PageBeside:
    """Lay a page as it is published beside the page as it would be; once published, as it was before that.

    Only what touches the page is read: it is opened page by page, in volumes of thousands.
    """
    changes = session.scalars(select(Change).where(of_set(change_set.id, page_id)).order_by(Change.id)).all()
    standing = read_standing(session, change_set.id, page_id=page_id)
    staged = read_staged_versions(session, change_set.id, page_id=page_id)
    after = after_change(changes, standing, staged)
    before = standing if change_set.state != "published" else _undo(session, changes, standing)
    return PageBeside(
        page_id=page_id,
        images_before=_views(before.images, page_id),
        images_after=_views(after.images, page_id),
        place_before=before.places.get(page_id),
        place_after=after.places.get(page_id),
        entries=_entries(session, changes, before.entries, after.entries, page_id),
    )


def image_after(session: Session, beside: PageBeside, view: int) -> PageImage:
    """Return the image of a view that would stand after publication.

    Raises:
        NotFound: none would.
    """
    image_id = beside.images_after.get(view)
    if image_id is None:
        raise NotFound("no_image", "此頁此面沒有影像。", "This page has no image of that view.")
    return session.get_one(PageImage, image_id)


def pages_changed(session: Session, change_set: ChangeSet) -> list[uuid.UUID]:
    """Return the pages a set changes, each once."""
    query = select(Change.page_id).where(Change.change_set_id == change_set.id).distinct()
    return sorted(session.scalars(query))


def edition_of(session: Session, change_set: ChangeSet) -> Edition | None:
    """Return the edition a set was published as."""
    return session.scalar(select(Edition).where(Edition.change_set_id == change_set.id))


def _views(images: dict[tuple[uuid.UUID, int], uuid.UUID], page_id: uuid.UUID) -> dict[int, uuid.UUID]:
    return {view: image for (page, view), image in sorted(images.items()) if page == page_id}


def _undo(session: Session, changes: Sequence[Change], standing: Standing) -> Standing:
    """Return what stood before a published set, for the subjects it changed."""
    entries, images, places = dict(standing.entries), dict(standing.images), dict(standing.places)
    for change in changes:
        if change.entry_id is not None:
            entries.pop(change.entry_id, None)
            if change.base_version_id is not None:
                base = session.get_one(EntryVersion, change.base_version_id)
                entries[change.entry_id] = Pinned(base.entry_id, base.id, base.page_id, base.image_id)
        elif change.action.startswith("image"):
            images.pop((change.page_id, change.view), None)
            if change.base_image_id is not None:
                images[change.page_id, change.view] = change.base_image_id
        else:
            places.pop(change.page_id, None)
            if (place := place_of(change.base_place)) is not None:
                places[change.page_id] = place
    return Standing(entries, images, places)


def _entries(
    session: Session,
    changes: Sequence[Change],
    before: dict[uuid.UUID, Pinned],
    after: dict[uuid.UUID, Pinned],
    page_id: uuid.UUID,
) -> tuple[EntryBeside, ...]:
    by_entry = {change.entry_id: change for change in changes if change.entry_id is not None}
    ids = {one.entry_id for side in (before, after) for one in side.values() if one.page_id == page_id}
    versions = _versions(session, [side[one] for side in (before, after) for one in ids if one in side])
    rows = [
        _beside(one, by_entry.get(one), _of(versions, before.get(one)), _of(versions, after.get(one)))
        for one in ids
    ]
    return tuple(sorted(rows, key=_in_page_order))


def _versions(session: Session, pinned: list[Pinned]) -> dict[uuid.UUID, EntryVersion]:
    wanted = {one.version_id for one in pinned}
    rows = session.scalars(select(EntryVersion).where(EntryVersion.id.in_(wanted)))
    return {row.id: row for row in rows}


def _of(versions: dict[uuid.UUID, EntryVersion], pinned: Pinned | None) -> EntryVersion | None:
    return None if pinned is None else versions[pinned.version_id]


def _beside(
    entry_id: uuid.UUID, change: Change | None, before: EntryVersion | None, after: EntryVersion | None
) -> EntryBeside:
    none: Fields = {}
    changed = changed_keys(before.fields if before else none, after.fields if after else none)
    return EntryBeside(
        entry_id=entry_id,
        change_id=change.id if change else None,
        action=change.action if change else None,
        before=before,
        after=after,
        changed=tuple(sorted(changed)),
    )


def _in_page_order(row: EntryBeside) -> tuple[int, str]:
    version = row.after or row.before
    assert version is not None, "an entry stands on one side at least"
    return (version.ordinal, str(row.entry_id))
