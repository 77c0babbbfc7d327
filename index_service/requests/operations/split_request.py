"""Split the items that are right off a delivery, as a child request (子案)."""

import uuid
from collections.abc import Collection
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from access.http.problems import Conflict, Invalid
from access.principal import Principal
from domain.workflow import Action, Kind
from index_service.changesets.operations.open_change_set import open_change_set
from index_service.changesets.operations.validate_change_set import validate_change_set
from index_service.changesets.queries import change_set_of, changes_of
from index_service.changesets.tables import Change, ChangeSet
from index_service.requests.facts import Said
from index_service.requests.operations.number_request import number_child
from index_service.requests.operations.transition import transition
from index_service.requests.pages_required import pages_required, pages_unopened
from index_service.requests.queries import items_of
from index_service.requests.rules import RequestRules
from index_service.requests.tables import Confirmation, Opening, Request, RequestItem
from storage.database.identity import new_id


def split_request(
    session: Session,
    request: Request,
    *,
    item_ids: Collection[uuid.UUID],
    actor: Principal,
    at: datetime,
    rules: RequestRules,
) -> Request:
    """Move items, their changes, and what was opened and confirmed of them, into a child.

    Raises:
        Invalid: an item is not this request's.
        Conflict: the workflow refuses; required pages of a first load are unopened; or one part alone would
            not be valid, such as a new image without the entries drawn on the old one.
    """
    items = items_of(session, request.id)
    if not set(item_ids) <= {item.id for item in items}:
        raise Invalid(
            "item_unknown",
            "所列項目不屬於本案，請重新選取。",
            "An item named is not this request's: choose again.",
        )
    _require_sample_opened(session, request, actor, rules)
    child = _child_of(session, request, at=at)
    said = Said(parent_items=len(items), split_items=len(item_ids))
    required = pages_required(session, request, rules=rules)
    transition(session, child, Action.SPLIT, actor=actor, at=at, said=said, rules=rules)
    session.execute(update(RequestItem).where(RequestItem.id.in_(item_ids)).values(request_id=child.id))
    parts = _move_changes(session, request, child, item_ids, at=at)
    pages = {change.page_id for change in changes_of(session, parts[1].id)}
    if request.kind == Kind.FIRST_LOAD:
        taken = [[str(one.page_id), one.why] for one in required if one.page_id in pages]
        child.pages_fixed = {"delivery": child.delivery, "pages": taken}
    _copy_record(session, request, child)
    for part in parts:
        _require_separable(session, part)
    return child


def _require_sample_opened(session: Session, request: Request, actor: Principal, rules: RequestRules) -> None:
    if request.kind == Kind.FIRST_LOAD and pages_unopened(session, request, actor=actor, rules=rules):
        raise Conflict(
            "pages_unopened",
            "首次建檔須先開啟全部應檢視的簿頁，才能部分確認。",
            "Open every required page of a first load before confirming a part of it.",
        )


def _child_of(session: Session, parent: Request, *, at: datetime) -> Request:
    return Request(
        id=new_id(),
        number=number_child(session, parent),
        kind=parent.kind,
        office_id=parent.office_id,
        series_key=parent.series_key,
        letter_number=parent.letter_number,
        contact=parent.contact,
        grounds=parent.grounds,
        batch_id=parent.batch_id,
        parent_id=parent.id,
        drafted_by=parent.drafted_by,
        approved_by=parent.approved_by,
        operator_id=parent.operator_id,
        delivery=parent.delivery,
        due_on=parent.due_on,
        whole_volume_required=parent.whole_volume_required,
        created_at=at,
    )


def _move_changes(
    session: Session, parent: Request, child: Request, item_ids: Collection[uuid.UUID], *, at: datetime
) -> tuple[ChangeSet, ChangeSet]:
    parents = change_set_of(session, parent.id)
    assert parents is not None, "a delivery always has its change set"
    childs = open_change_set(session, request_id=child.id, office_id=child.office_id, at=at)
    session.execute(
        update(Change)
        .where(Change.change_set_id == parents.id, Change.item_id.in_(item_ids))
        .values(change_set_id=childs.id)
    )
    session.expire_all()
    return parents, childs


def _copy_record(session: Session, parent: Request, child: Request) -> None:
    """Take over what was opened and confirmed of this delivery: the child is a part of it."""
    current = (Opening.request_id == parent.id, Opening.delivery == parent.delivery)
    session.add_all(
        Opening(
            request_id=child.id,
            office_id=one.office_id,
            delivery=one.delivery,
            account_id=one.account_id,
            page_id=one.page_id,
            part=one.part,
            at=one.at,
        )
        for one in session.scalars(select(Opening).where(*current)).all()
    )
    given = select(Confirmation).where(
        Confirmation.request_id == parent.id,
        Confirmation.delivery == parent.delivery,
        Confirmation.voided_at.is_(None),
    )
    session.add_all(
        Confirmation(
            request_id=child.id,
            office_id=one.office_id,
            delivery=one.delivery,
            account_id=one.account_id,
            at=one.at,
        )
        for one in session.scalars(given).all()
    )
    session.flush()


def _require_separable(session: Session, part: ChangeSet) -> None:
    defects = validate_change_set(session, part)
    if defects:
        raise Conflict(
            "items_inseparable",
            "所選項目與其餘項目相連，不能單獨公布，請一併確認或一併提出異議。",
            "The items chosen hang together with the others: confirm or dispute them together.",
            defects=[{"code": one.code, "subject": one.subject} for one in defects],
        )
