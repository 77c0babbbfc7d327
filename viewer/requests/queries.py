"""What an office needs to fill in its form and to know which pages it still has to open."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from access.principal import Principal
from index_service.changesets.queries import change_set_of, changes_of
from index_service.editions.queries import current_edition, published_versions
from index_service.requests.pages_required import pages_required, pages_unopened
from index_service.requests.tables import Request
from storage.catalogue.tables import Page, Volume

WHY = {
    "changed": ("有異動", "changed"),
    "doubtful": ("有存疑", "in doubt"),
    "sample": ("抽樣", "sample"),
    "whole_volume": ("全冊檢視", "whole volume"),
}


@dataclass(frozen=True, slots=True)
class PageToOpen:
    """A page changed by a request: whether this person has to open it, and has."""

    page_id: uuid.UUID
    designation: str
    required: bool
    opened: bool
    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class EntryChoice:
    """A published entry of a page, to be named in a form."""

    entry_id: uuid.UUID
    name: str
    relation: str


def volumes_of(session: Session, office_id: uuid.UUID | None) -> Sequence[Volume]:
    """Return an office's volumes, by designation."""
    query = select(Volume).where(Volume.office_id == office_id).order_by(Volume.designation)
    return session.scalars(query).all()


def find_page(session: Session, volume_id: uuid.UUID | None, designation: str) -> Page | None:
    """Return the page of that designation in a volume."""
    if volume_id is None or not designation:
        return None
    return session.scalar(select(Page).filter_by(volume_id=volume_id, designation=designation.strip()))


def entries_on(session: Session, page: Page | None, actor: Principal) -> list[EntryChoice]:
    """Return the published entries of a page of the actor's own office, for its form."""
    if page is None or page.office_id != actor.office_id:
        return []
    found = published_versions(session, current_edition(session), page_id=page.id, include_held=True)
    return [
        EntryChoice(
            one.entry_id,
            str(one.fields.get("name", {}).get("text") or "—"),
            str(one.fields.get("relation", {}).get("text") or ""),
        )
        for one in found
    ]


def pages_of(session: Session, request: Request, actor: Principal) -> list[PageToOpen]:
    """Return the pages a request changes, in register order, those to be opened marked."""
    change_set = change_set_of(session, request.id)
    if change_set is None:
        return []
    required = {one.page_id: one.why for one in pages_required(session, request, office_id=actor.office_id)}
    unopened = {one.page_id for one in pages_unopened(session, request, actor=actor)}
    ids = {change.page_id for change in changes_of(session, change_set.id)}
    pages = session.scalars(
        select(Page).where(Page.id.in_(ids)).order_by(Page.volume_id, Page.sequence)
    ).all()
    return [
        PageToOpen(
            page.id,
            page.designation,
            page.id in required,
            page.id in required and page.id not in unopened,
            *WHY.get(required.get(page.id, ""), ("", "")),
        )
        for page in pages
    ]
