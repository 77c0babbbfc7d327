"""Reading case folders, looks, and the page behind an entry."""

import uuid
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from sqlalchemy import ColumnElement, false, func, select
from sqlalchemy.orm import Session

from access.principal import Principal
from imaging.arrays import Box
from imaging.pyramid import PyramidLayout
from imaging.transform import PageTransform
from index_service.editions.queries import entry_not_held, image_not_held, published_image_at, stands_at
from index_service.editions.tables import PublishedEntry, PublishedImage
from index_service.entries.tables import Entry, EntryVersion
from index_service.lookups.tables import CaseFolder, Disclosure, Lookup
from index_service.search.scope import Scope
from storage.catalogue.tables import PageImage


@dataclass(frozen=True, slots=True)
class PageBehind:
    """The published image of an entry's page, and what of it may be uncovered (boxes in master pixels)."""

    office_id: uuid.UUID
    entry_id: uuid.UUID
    version_id: uuid.UUID
    image_id: uuid.UUID
    object_key: str
    layout: PyramidLayout
    transform: PageTransform
    boxes: tuple[Box, ...]
    whole_page: bool
    fields: tuple[str, ...]
    covered: tuple[Box, ...] = ()
    entries_shown: tuple[uuid.UUID, ...] = ()


def page_behind(
    session: Session, *, entry_id: uuid.UUID, edition: int, scope: Scope, view: int | None = None
) -> PageBehind | None:
    """Return the image published at `edition` on which the entry's version of that edition was drawn.

    None where the entry or the image is held, outside the scope, not published then, or where the version
    was drawn on another image: old boxes are never laid over a new picture. What stays covered in any case
    is whatever a held entry says there, on a whole page too.

    `view` asks for another view of the page than the one the entry was drawn on: a slip (浮籤) or what lies
    under it. No granted box is on it, so only who may see whole pages is shown it.
    """
    row = _drawn(session, entry_id, edition, scope)
    if row is None:
        return None
    version, series_key, image = row
    whole_page = scope.shows_whole_page(series_key, version.office_id)
    fields = [key for key in scope.shown(series_key, version.office_id) if key in version.fields]
    if view not in {None, image.view}:
        other = published_image_at(session, edition, page_id=version.page_id, view=view or 1)
        if other is None or not whole_page:
            return None
        image, fields = other, []
    if whole_page and _held_on_another_view(session, version, image, edition):
        return None
    others = _others_drawn(session, version, image)
    held = held_entries(session, {other.entry_id for other in others})
    return PageBehind(
        office_id=version.office_id,
        entry_id=version.entry_id,
        version_id=version.id,
        image_id=image.id,
        object_key=image.derivative_key,
        layout=PyramidLayout.from_json(image.derivative_layout),
        transform=PageTransform.from_json(image.transform),
        boxes=tuple(_boxes(version, fields)),
        whole_page=whole_page,
        fields=tuple(fields),
        covered=tuple(
            box
            for other in others
            if other.entry_id in held
            for box in [*_boxes(other, other.fields), *([_box(other.region)] if other.region else [])]
        ),
        entries_shown=tuple(sorted({o.entry_id for o in others} - held)) if whole_page else (),
    )


def views_behind(session: Session, *, entry_id: uuid.UUID, edition: int, scope: Scope) -> list[int]:
    """Return the views of an entry's page that `page_behind` may be asked for, in order."""
    row = _drawn(session, entry_id, edition, scope)
    if row is None:
        return []
    version, series_key, image = row
    if not scope.shows_whole_page(series_key, version.office_id):
        return [image.view]
    return list(
        session.scalars(
            select(PublishedImage.view)
            .where(PublishedImage.page_id == version.page_id, stands_at(PublishedImage, edition))
            .where(image_not_held(PublishedImage.image_id))
            .order_by(PublishedImage.view)
        )
    )


def _drawn(
    session: Session, entry_id: uuid.UUID, edition: int, scope: Scope
) -> tuple[EntryVersion, str, PageImage] | None:
    """Return an entry's version at an edition, its series, and the image it was drawn on."""
    row = session.execute(
        select(EntryVersion, Entry.series_key, PageImage)
        .join(PublishedEntry, PublishedEntry.version_id == EntryVersion.id)
        .join(Entry, Entry.id == EntryVersion.entry_id)
        .join(PageImage, PageImage.id == EntryVersion.image_id)
        .join(PublishedImage, PublishedImage.image_id == PageImage.id)
        .where(
            EntryVersion.entry_id == entry_id,
            stands_at(PublishedEntry, edition),
            stands_at(PublishedImage, edition),
            PublishedImage.page_id == EntryVersion.page_id,
            entry_not_held(EntryVersion.entry_id),
            image_not_held(PageImage.id),
            scope.covers(EntryVersion.office_id, Entry.series_key),
        )
    ).first()
    return None if row is None else (row[0], row[1], row[2])


def held_entries(session: Session, entry_ids: Collection[uuid.UUID]) -> set[uuid.UUID]:
    """Return which of these entries are held now."""
    held = select(Entry.id).where(Entry.id.in_(entry_ids), ~entry_not_held(Entry.id))
    return set(session.scalars(held))


def _held_on_another_view(session: Session, version: EntryVersion, image: PageImage, edition: int) -> bool:
    """Tell whether a held entry of the page has its boxes on another view, so that none can cover it here."""
    query = (
        select(PublishedEntry.entry_id)
        .join(EntryVersion, EntryVersion.id == PublishedEntry.version_id)
        .where(stands_at(PublishedEntry, edition), EntryVersion.page_id == version.page_id)
        .where(EntryVersion.image_id != image.id, ~entry_not_held(EntryVersion.entry_id))
    )
    return session.scalar(query.limit(1)) is not None


def _others_drawn(session: Session, version: EntryVersion, image: PageImage) -> list[EntryVersion]:
    """Return every version of every other entry that was drawn on the image."""
    drawn = EntryVersion.page_id == version.page_id
    same = select(EntryVersion).where(drawn, EntryVersion.image_id == image.id)
    return list(session.scalars(same.where(EntryVersion.entry_id != version.entry_id)))


def _boxes(version: EntryVersion, keys: Iterable[str]) -> list[Box]:
    return [_box(version.fields[key]["box"]) for key in keys if version.fields[key].get("box")]


def _box(value: list[float]) -> Box:
    x0, y0, x1, y1 = (int(part) for part in value)
    return x0, y0, x1, y1


def own_cases(session: Session, actor: Principal) -> list[CaseFolder]:
    """Return the open case folders of the actor's organisation, newest first."""
    return list(
        session.scalars(
            select(CaseFolder)
            .where(_is_own(actor), CaseFolder.closed_at.is_(None))
            .order_by(CaseFolder.opened_at.desc())
            .limit(100)
        )
    )


def find_open_case(session: Session, case_folder_id: uuid.UUID, *, actor: Principal) -> CaseFolder | None:
    """Return one open case folder of the actor's organisation, however many there are."""
    return session.scalar(
        select(CaseFolder).where(
            CaseFolder.id == case_folder_id, _is_own(actor), CaseFolder.closed_at.is_(None)
        )
    )


def _is_own(actor: Principal) -> ColumnElement[bool]:
    """Who acts for no organisation has no case: IS NULL would give him everybody else's."""
    if actor.agency_id is not None:
        return CaseFolder.agency_id == actor.agency_id
    return false() if actor.office_id is None else CaseFolder.office_id == actor.office_id


def looks_of_case(session: Session, case_folder_id: uuid.UUID) -> list[tuple[Lookup, int]]:
    """Return a case's looks, newest first, each with how many things it showed."""
    shown = select(func.count()).where(Disclosure.lookup_id == Lookup.id).scalar_subquery()
    rows = session.execute(
        select(Lookup, shown)
        .where(Lookup.case_folder_id == case_folder_id)
        .order_by(Lookup.asked_at.desc())
        .limit(200)
    )
    return [(lookup, count) for lookup, count in rows]
