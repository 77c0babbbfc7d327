"""Reading case folders, looks, and the page behind an entry."""

import uuid
from dataclasses import dataclass

from sqlalchemy import func, select
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


def page_behind(session: Session, *, entry_id: uuid.UUID, edition: int, scope: Scope) -> PageBehind | None:
    """Return the image published at `edition` on which the entry's version of that edition was drawn.

    None where the entry or the image is held, outside the scope, not published then, or where the version
    was drawn on another image: old boxes are never laid over a new picture.
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
            entry_not_held(EntryVersion.entry_id),
            image_not_held(PageImage.id),
            scope.covers(EntryVersion.office_id, Entry.series_key),
        )
    ).first()
    if row is None:
        return None
    version, series_key, image = row
    fields = [key for key in scope.shown(series_key, version.office_id) if key in version.fields]
    return PageBehind(
        office_id=version.office_id,
        entry_id=version.entry_id,
        version_id=version.id,
        image_id=image.id,
        object_key=image.derivative_key,
        layout=PyramidLayout.from_json(image.derivative_layout),
        transform=PageTransform.from_json(image.transform),
        boxes=tuple(_box(version.fields[key]["box"]) for key in fields if version.fields[key].get("box")),
        whole_page=scope.whole_pages,
        fields=tuple(fields),
    )


def _box(value: list[float]) -> Box:
    x0, y0, x1, y1 = (int(part) for part in value)
    return x0, y0, x1, y1


def own_cases(session: Session, actor: Principal) -> list[CaseFolder]:
    """Return the open case folders of the actor's organisation, newest first."""
    own = (
        CaseFolder.agency_id == actor.agency_id
        if actor.agency_id
        else CaseFolder.office_id == actor.office_id
    )
    return list(
        session.scalars(
            select(CaseFolder)
            .where(own, CaseFolder.closed_at.is_(None))
            .order_by(CaseFolder.opened_at.desc())
            .limit(100)
        )
    )


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
