"""Take in the new scans that a request was waiting for."""

import uuid
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from access.audit.operations.record_event import record_event
from access.principal import Principal
from domain.roles import Role
from domain.workflow import Action, State
from index_service.changesets.operations.open_change_set import open_change_set
from index_service.requests.operations.stage_batch_page import done_pages, stage_batch_page
from index_service.requests.operations.transition import transition
from index_service.requests.queries import items_of, rescans_outstanding
from index_service.requests.rules import DEFAULT_RULES, RequestRules
from index_service.requests.tables import Request
from storage.database.locking import lock_row
from storage.intake.tables import Batch
from storage.organisations.tables import Station


def receive_rescan(
    session: Session, *, batch_id: uuid.UUID, at: datetime, rules: RequestRules = DEFAULT_RULES
) -> Request:
    """Stage a rescan batch's images in the request it answers, and resume once every scan ordered has come.

    Entries drawn on the images replaced go over to the new ones without their boxes. A scan that comes after
    the request has ended, or was not waited for, changes nothing and is put on record.

    Raises:
        RowMissing: there is no such batch or request.
    """
    batch = lock_row(session, Batch, batch_id)
    assert batch.request_id is not None, "a rescan batch names its request"
    request = lock_row(session, Request, batch.request_id)
    actor = _station_of(session, batch)
    if request.state != State.AWAITING_RESCAN:
        _record_unawaited(session, request, batch, actor, at=at)
        return request
    _stage(session, request, batch, actor, at=at)
    if not rescans_outstanding(session, request.id):
        transition(session, request, Action.RESUME, actor=actor, at=at, rules=rules)
    return request


def _stage(session: Session, request: Request, batch: Batch, actor: Principal, *, at: datetime) -> None:
    change_set = open_change_set(session, request_id=request.id, office_id=request.office_id, at=at)
    orders = {(one.page_id, one.view): one for one in rescans_outstanding(session, request.id)}
    items = {item.page_id: item.id for item in items_of(session, request.id)}
    for page in done_pages(session, batch.id):
        order = orders.get((page.page_id, page.view))
        if order is None:
            continue
        item_id = items.get(page.page_id)
        stage_batch_page(session, change_set, page, actor=actor, item_id=item_id, at=at)
        order.answered_at, order.batch_id = at, batch.id
    session.flush()


def _station_of(session: Session, batch: Batch) -> Principal:
    station = session.scalars(select(Station).where(Station.id == batch.station_id)).one()
    return Principal(
        kind="station",
        name=station.name,
        roles=frozenset({Role.STATION}),
        office_id=station.office_id,
        station_id=station.id,
    )


def _record_unawaited(
    session: Session, request: Request, batch: Batch, actor: Principal, *, at: datetime
) -> None:
    record_event(
        session,
        actor=actor,
        action="request.rescan_not_awaited",
        subject_kind="request",
        subject_id=str(request.id),
        facts={"batch": str(batch.id), "state": request.state},
        at=at,
    )
