"""Merge a request into another (併案)."""

import uuid
from datetime import datetime

from sqlalchemy import update
from sqlalchemy.orm import Session

from access.principal import Principal
from domain.workflow import Action
from index_service.requests.facts import Said
from index_service.requests.operations.lock_request import lock_request
from index_service.requests.operations.transition import transition
from index_service.requests.queries import items_of
from index_service.requests.tables import Request, RequestItem


def merge_request(
    session: Session,
    *,
    actor: Principal,
    request_id: uuid.UUID,
    survivor_id: uuid.UUID,
    at: datetime,
    row_version: int | None = None,
) -> Request:
    """End a request in favour of another, which takes its items and needs its office's confirmation too.

    Raises:
        NotFound, Stale: see `lock_request`.
        Conflict: the workflow refuses.
    """
    first, second = sorted((request_id, survivor_id))
    locked = {one: lock_request(session, one, actor=actor) for one in (first, second)}
    request = lock_request(session, request_id, actor=actor, row_version=row_version)
    request.survivor_id = survivor_id
    transition(session, request, Action.MERGE, actor=actor, at=at, said=Said(survivor_id=survivor_id))
    _take_along(session, request, survivor_id)
    _copy_items(session, request, locked[survivor_id])
    return request


def _take_along(session: Session, merged: Request, survivor_id: uuid.UUID) -> None:
    """Name the new survivor in what was merged into this request before: its offices have a say there now."""
    earlier = update(Request).where(Request.survivor_id == merged.id)
    session.execute(earlier.values(survivor_id=survivor_id))


def _copy_items(session: Session, merged: Request, survivor: Request) -> None:
    """Add the merged request's items to the survivor's; the originals stay where they were stated."""
    if merged.id == survivor.id:
        return
    count = len(items_of(session, survivor.id))
    session.add_all(
        RequestItem(
            request_id=survivor.id,
            office_id=survivor.office_id,
            ordinal=count + offset,
            fault_code=item.fault_code,
            volume_id=item.volume_id,
            page_id=item.page_id,
            entry_id=item.entry_id,
            field_key=item.field_key,
            stands_now=item.stands_now,
            should_stand=item.should_stand,
        )
        for offset, item in enumerate(items_of(session, merged.id), start=1)
    )
    survivor.row_version += 1
    session.flush()
