"""Open the request of a batch whose pages have all settled."""

import uuid
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from access.principal import SYSTEM
from domain.workflow import Action, Kind, State
from index_service.changesets.operations.open_change_set import open_change_set
from index_service.changesets.tables import Change, ChangeSet
from index_service.requests.operations.number_request import number_child, number_request
from index_service.requests.operations.stage_batch_page import done_pages, stage_batch_page
from index_service.requests.operations.transition import transition
from index_service.requests.queries import items_of
from index_service.requests.rules import DEFAULT_RULES, RequestRules
from index_service.requests.tables import Request, RequestItem
from storage.catalogue.tables import Volume
from storage.database.identity import new_id
from storage.database.locking import lock_row
from storage.intake.tables import Batch, BatchPage

_TAKES_LATE_PAGES = frozenset({State.ACCEPTED, State.IN_MAINTENANCE})


def open_first_load(
    session: Session, *, batch_id: uuid.UUID, at: datetime, rules: RequestRules = DEFAULT_RULES
) -> Request:
    """Open the first load of a batch, once, with every page's image, place and proposed entries staged.

    Called again, it returns the request there is. Pages that settled since (a retry after a failure) are
    staged in it while it may still be worked on, else in a child request.

    Raises:
        RowMissing: there is no such batch.
    """
    batch = lock_row(session, Batch, batch_id)
    request = session.scalar(
        select(Request).where(
            Request.batch_id == batch_id, Request.kind == Kind.FIRST_LOAD, Request.parent_id.is_(None)
        )
    )
    pages = [page for page in done_pages(session, batch_id) if not _is_staged(session, batch_id, page)]
    if request is None:
        request = _open(session, batch, parent=None, at=at, rules=rules)
    elif not pages:
        return request
    else:
        request = lock_row(session, Request, request.id)
        if request.state not in _TAKES_LATE_PAGES:
            request = _open(session, batch, parent=request, at=at, rules=rules)
    _stage(session, request, batch, pages, at=at)
    return request


def _open(
    session: Session, batch: Batch, *, parent: Request | None, at: datetime, rules: RequestRules
) -> Request:
    volume = session.get_one(Volume, batch.volume_id)
    request = Request(
        id=new_id(),
        number=number_child(session, parent) if parent else number_request(session, at=at),
        kind=Kind.FIRST_LOAD.value,
        office_id=batch.office_id,
        series_key=volume.series_key,
        batch_id=batch.id,
        parent_id=parent.id if parent else None,
        created_at=at,
    )
    transition(session, request, Action.OPEN, actor=SYSTEM, at=at, rules=rules)
    return request


def _stage(
    session: Session, request: Request, batch: Batch, pages: Sequence[BatchPage], *, at: datetime
) -> None:
    change_set = open_change_set(session, request_id=request.id, office_id=request.office_id, at=at)
    items = {item.page_id: item for item in items_of(session, request.id)}
    for page in pages:
        item = items.get(page.page_id)
        if item is None:
            item = RequestItem(
                request_id=request.id,
                office_id=request.office_id,
                ordinal=len(items) + 1,
                fault_code=Kind.FIRST_LOAD.value,
                volume_id=batch.volume_id,
                page_id=page.page_id,
            )
            session.add(item)
            session.flush()
            items[page.page_id] = item
        stage_batch_page(session, change_set, page, actor=SYSTEM, item_id=item.id, at=at)


def _is_staged(session: Session, batch_id: uuid.UUID, page: BatchPage) -> bool:
    query = (
        select(Change.id)
        .join(ChangeSet, Change.change_set_id == ChangeSet.id)
        .join(Request, ChangeSet.request_id == Request.id)
        .where(Request.batch_id == batch_id, Change.new_image_id == page.page_image_id)
    )
    return bool(session.scalar(select(exists(query))))
