"""Stage what a load brings: an item and a place for each page, and the entries."""

import uuid
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import datetime

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from access.principal import Principal
from domain.workflow import Kind
from index_service.changesets.operations.open_change_set import open_change_set
from index_service.changesets.operations.stage_loaded_entries import (
    NewEntry,
    Staging,
    stage_loaded_entries,
    stage_places,
)
from index_service.changesets.tables import ChangeSet
from index_service.editions.spans import stands_now
from index_service.editions.tables import PublishedPlace
from index_service.entries.loaded_fields import loaded_fields
from index_service.requests.load_file import LoadLine
from index_service.requests.load_plan import VolumeLoad
from index_service.requests.tables import Request, RequestItem
from storage.catalogue.tables import Page
from storage.database.identity import new_id


def stage_load(
    session: Session,
    *,
    request: Request,
    load: VolumeLoad,
    pages: dict[str, Page],
    actor: Principal,
    at: datetime,
    staged: Callable[[int], None],
) -> ChangeSet:
    """Stage a load's entries on their pages (by designation); `staged` hears how many went in.

    Raises:
        Conflict: the change set is not open.
        Invalid: values out of shape or not of the series.
    """
    change_set = open_change_set(session, request_id=request.id, office_id=request.office_id, at=at)
    ordered = sorted(pages.values(), key=lambda page: page.sequence)
    staging = Staging(change_set, load.series_key, _add_items(session, request, ordered), actor, at)
    stage_places(session, staging, _unplaced(session, ordered))
    for count in stage_loaded_entries(session, staging, _entries(load, pages)):
        staged(count)
    return change_set


def _add_items(session: Session, request: Request, pages: Sequence[Page]) -> dict[uuid.UUID, uuid.UUID]:
    items = {page.id: new_id() for page in pages}
    rows = [
        {
            "id": items[page.id],
            "request_id": request.id,
            "office_id": request.office_id,
            "ordinal": ordinal,
            "fault_code": Kind.FIRST_LOAD.value,
            "volume_id": page.volume_id,
            "page_id": page.id,
        }
        for ordinal, page in enumerate(pages, start=1)
    ]
    session.execute(insert(RequestItem), rows)
    return items


def _unplaced(session: Session, pages: Sequence[Page]) -> list[Page]:
    ours = select(Page.id).where(Page.volume_id.in_({page.volume_id for page in pages}))
    query = select(PublishedPlace.page_id).where(stands_now(PublishedPlace), PublishedPlace.page_id.in_(ours))
    placed = set(session.scalars(query))
    return [page for page in pages if page.id not in placed]


def _entries(load: VolumeLoad, pages: dict[str, Page]) -> list[NewEntry]:
    met: Counter[str] = Counter()
    return [
        NewEntry(pages[line.page], _ordinal(line, met), loaded_fields(load.series_key, line.texts))
        for line in load.lines
    ]


def _ordinal(line: LoadLine, met: Counter[str]) -> int:
    """Return the line's own place on the page, or how many lines of that page stand before it."""
    met[line.page] += 1
    return met[line.page] - 1 if line.ordinal is None else line.ordinal
