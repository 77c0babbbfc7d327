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
from index_service.editions.queries import entry_not_held, image_not_held, stands_at
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


def page_behind(session: Session, *, entry_id: uuid.UUID, edition: int, scope: Scope) -> PageBehind | None:
    """Return the image published at `edition` on which the entry's version of that edition was drawn.

    None where the entry or the image is held, outside the scope, not published then, or where the version
    was drawn on another image: old boxes are never laid over a new picture. What stays covered in any case
    is whatever a held entry says there, on a whole page too.
    """
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
    if row is None:
        return None
    version, series_key, image = row
    whole_page = scope.shows_whole_page(series_key, version.office_id)
    others = _others_drawn(session, version)
    held = held_entries(session, {other.entry_id for other in others})
    fields = [key for key in scope.shown(series_key, version.office_id) if key in version.fields]
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


def held_entries(session: Session, entry_ids: Collection[uuid.UUID]) -> set[uuid.UUID]:
    """Return which of these entries are held now."""
    held = select(Entry.id).where(Entry.id.in_(entry_ids), ~entry_not_held(Entry.id))
    return set(session.scalars(held))


def _others_drawn(session: Session, version: EntryVersion) -> list[EntryVersion]:
    """Return every version of every other entry that was drawn on the same image."""
    drawn = EntryVersion.page_id == version.page_id
    same = select(EntryVersion).where(drawn, EntryVersion.image_id == version.image_id)
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
