"""One page before and after a request: images side by side, values side by side."""

import uuid
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from access.http.problems import NotFound
from access.principal import Principal
from index_service.changesets.queries import change_set_of, standing_images
from index_service.changesets.tables import Change
from index_service.entries.tables import Entry, EntryVersion
from index_service.requests.tables import Request
from storage.catalogue.tables import Page, PageImage, Volume
from viewer.images.flags import ImageFlag, flag_boxes, flags_of
from viewer.images.overlay import Picture, picture_of
from viewer.words import field_label
from viewer.work.fields import Red, doubtful_keys, ordered_keys, red_in
from viewer.work.told import Meant, Told, meant_by, told_of


@dataclass(frozen=True, slots=True)
class ValueRow:
    """One field before and after; `box` names its rectangle on the after image, `red` how much is red.

    `told` is what the text after was understood as, `told_before` the one before where that differs; `meant`
    is what may be meant.
    """

    zh: str
    en: str
    before: str
    after: str
    changed: bool
    doubtful: bool
    box: str
    red: Red
    told_before: Told | None
    told: Told | None
    meant: Meant | None


@dataclass(frozen=True, slots=True)
class EntryComparison:
    """One entry before and after."""

    action: str
    name: str
    rows: tuple[ValueRow, ...]


@dataclass(frozen=True, slots=True)
class ViewComparison:
    """One view of a page before and after; view 2 and up are slips (浮籤) that lie over it."""

    view: int
    before: Picture | None
    after: Picture | None
    changed: bool
    flags: tuple[ImageFlag, ...] = ()


@dataclass(frozen=True, slots=True)
class PageComparison:
    """One page before and after: its every view, and every entry changed on it."""

    page_id: uuid.UUID
    designation: str
    volume: str
    views: tuple[ViewComparison, ...]
    moved: str
    entries: tuple[EntryComparison, ...]


def compare_page(
    session: Session, request: Request, page_id: uuid.UUID, *, actor: Principal
) -> PageComparison:
    """Return what a request changes on a page, as the actor may see it.

    Raises:
        NotFound: it changes nothing there.
    """
    changes = _changes(session, request, page_id)
    if not changes:
        raise NotFound("page_not_changed", "本案未異動此頁。", "The request changes nothing on this page.")
    page = session.get_one(Page, page_id)
    return PageComparison(
        page_id=page.id,
        designation=page.designation,
        volume=session.get_one(Volume, page.volume_id).designation,
        views=tuple(_views(session, request, page_id, changes, actor)),
        moved=_moved(session, changes),
        entries=tuple(_entries(session, changes)),
    )


def _changes(session: Session, request: Request, page_id: uuid.UUID) -> Sequence[Change]:
    change_set = change_set_of(session, request.id)
    if change_set is None:
        return ()
    query = (
        select(Change)
        .outerjoin(EntryVersion, EntryVersion.id == Change.new_version_id)
        .where(Change.change_set_id == change_set.id, Change.page_id == page_id)
        .order_by(EntryVersion.ordinal, Change.id)
    )
    return session.scalars(query).all()


def _views(
    session: Session, request: Request, page_id: uuid.UUID, changes: Sequence[Change], actor: Principal
) -> Iterator[ViewComparison]:
    """Lay every view that stands beside what the request makes of it; untouched ones are the same twice."""
    query = f"?request={request.id}"
    touched = {change.view: change for change in changes if change.action.startswith("image")}
    standing = standing_images(session, page_id)
    for view in sorted({*standing, *touched}):
        change = touched.get(view)
        before_id = change.base_image_id if change else standing[view]
        after_id = change.new_image_id if change else standing[view]
        before = session.get(PageImage, before_id) if before_id else None
        after = session.get(PageImage, after_id) if after_id else None
        flags = flags_of(session, [after.id], actor=actor) if after else []
        boxes = [*_boxes(session, changes, after), *flag_boxes(flags)] if after else []
        yield ViewComparison(
            view=view,
            before=picture_of(before, (), query) if before and change else None,
            after=picture_of(after, boxes, query) if after else None,
            changed=change is not None,
            flags=tuple(flags),
        )


def _version(session: Session, version_id: uuid.UUID | None) -> EntryVersion | None:
    return session.get(EntryVersion, version_id) if version_id else None


def _boxes(
    session: Session, changes: Sequence[Change], image: PageImage
) -> list[tuple[str, list[float] | None, str]]:
    boxes = []
    for change in changes:
        version = _version(session, change.new_version_id)
        if version is not None and version.image_id == image.id:
            doubts = doubtful_keys(version.fields)
            boxes += [
                (f"{change.id}-{key}", value.get("box"), "doubt" if key in doubts else "")
                for key, value in version.fields.items()
            ]
    return boxes


def _entries(session: Session, changes: Sequence[Change]) -> list[EntryComparison]:
    return [_entry(session, change) for change in changes if change.entry_id is not None]


def _entry(session: Session, change: Change) -> EntryComparison:
    series_key = session.get_one(Entry, change.entry_id).series_key
    base, new = _version(session, change.base_version_id), _version(session, change.new_version_id)
    old: dict[str, Any] = base.fields if base else {}
    fresh: dict[str, Any] = new.fields if new else {}
    doubts = doubtful_keys(fresh)
    rows = (
        _row(series_key, key, f"{change.id}-{key}", old.get(key, {}), fresh.get(key, {}), key in doubts)
        for key in ordered_keys(series_key, old | fresh)
    )
    name = (fresh or old).get("name", {}).get("text") or "—"
    return EntryComparison(change.action, str(name), tuple(rows))


def _row(
    series_key: str, key: str, box: str, old: Mapping[str, Any], new: Mapping[str, Any], doubtful: bool
) -> ValueRow:
    label = field_label(series_key, key)
    before, after = str(old.get("text", "")), str(new.get("text", ""))
    was, told = told_of(old), told_of(new)
    return ValueRow(
        zh=label.zh,
        en=label.en,
        before=before,
        after=after,
        changed=before != after,
        doubtful=doubtful,
        box=box,
        red=red_in(new or old),
        told_before=was if was != told else None,
        told=told,
        meant=meant_by(new),
    )


def _moved(session: Session, changes: Sequence[Change]) -> str:
    for change in changes:
        if change.action == "page_placed" and change.base_place is not None and change.new_volume_id:
            volume = session.get_one(Volume, change.new_volume_id).designation
            return f"{volume} 第 {change.new_sequence} 頁"
    return ""
