"""Reading requests, their items, history and confirmations."""

import uuid
from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased

from access.accounts.tables import Account
from access.principal import Principal
from domain.workflow import Action
from index_service.changesets.queries import left_to_review
from index_service.changesets.tables import Change, ChangeSet
from index_service.entries.tables import EntryVersion
from index_service.requests.sight import in_sight
from index_service.requests.tables import (
    Confirmation,
    Request,
    RequestHistory,
    RequestItem,
    RescanOrder,
)
from storage.catalogue.tables import PageImage

_OPERATORS_STEPS = (Action.START.value, Action.DELIVER.value)


def find_request(session: Session, request_id: uuid.UUID, *, actor: Principal) -> Request | None:
    """Return a request in the actor's sight."""
    return session.scalar(select(Request).where(Request.id == request_id, in_sight(actor)))


def list_requests(
    session: Session,
    *,
    actor: Principal,
    states: Sequence[str] = (),
    kinds: Sequence[str] = (),
    operator_id: uuid.UUID | None = None,
    before: uuid.UUID | None = None,
    limit: int = 50,
) -> Sequence[Request]:
    """Return the requests in the actor's sight, newest first, older than the request `before`."""
    query = select(Request).where(in_sight(actor)).order_by(Request.id.desc()).limit(limit)
    if states:
        query = query.where(Request.state.in_(states))
    if kinds:
        query = query.where(Request.kind.in_(kinds))
    if operator_id is not None:
        query = query.where(Request.operator_id == operator_id)
    if before is not None:
        query = query.where(Request.id < before)
    return session.scalars(query).all()


def list_most_doubtful(
    session: Session,
    *,
    actor: Principal,
    states: Sequence[str],
    operator_id: uuid.UUID | None,
    doubt_below: float,
    limit: int,
) -> Sequence[Request]:
    """Return an operator's requests in the actor's sight, those with the least certain entry left to review
    first; those that leave none come last, by number.
    """
    least = (
        select(func.min(Change.least_confidence))
        .join(ChangeSet, ChangeSet.id == Change.change_set_id)
        .where(ChangeSet.request_id == Request.id, left_to_review(doubt_below))
        .correlate(Request)
        .scalar_subquery()
    )
    query = (
        select(Request)
        .where(in_sight(actor), Request.state.in_(states), Request.operator_id == operator_id)
        .order_by(least.is_(None), least, Request.number)
    )
    return session.scalars(query.limit(limit)).all()


def items_of(session: Session, request_id: uuid.UUID) -> Sequence[RequestItem]:
    """Return a request's items in their order."""
    query = select(RequestItem).where(RequestItem.request_id == request_id).order_by(RequestItem.ordinal)
    return session.scalars(query).all()


def history_of(session: Session, request_id: uuid.UUID) -> Sequence[RequestHistory]:
    """Return every step a request took, first to last."""
    query = (
        select(RequestHistory).where(RequestHistory.request_id == request_id).order_by(RequestHistory.step)
    )
    return session.scalars(query).all()


def last_step(session: Session, request_id: uuid.UUID) -> int:
    """Return the number of a request's last step; 0 before the first."""
    query = select(func.max(RequestHistory.step)).where(RequestHistory.request_id == request_id)
    return session.scalar(query) or 0


def confirming_offices(session: Session, request: Request) -> frozenset[uuid.UUID]:
    """Return every office whose word is needed: requester, those merged in, keepers of pages (保管戶所)."""
    own = [one for one in (request.id, request.parent_id) if one is not None]
    merged = select(Request.office_id).where(Request.survivor_id.in_(own))
    keepers = (
        select(Change.office_id)
        .join(ChangeSet, Change.change_set_id == ChangeSet.id)
        .where(ChangeSet.request_id == request.id)
        .distinct()
    )
    return frozenset({request.office_id, *session.scalars(merged), *session.scalars(keepers)})


def confirmed_offices(session: Session, request: Request) -> frozenset[uuid.UUID]:
    """Return the offices that have confirmed the current delivery."""
    query = select(Confirmation.office_id).where(
        Confirmation.request_id == request.id,
        Confirmation.delivery == request.delivery,
        Confirmation.voided_at.is_(None),
    )
    return frozenset(session.scalars(query))


def stagers_of(session: Session, request_id: uuid.UUID) -> frozenset[uuid.UUID]:
    """Return everyone who staged, edited or reviewed a change of the request, or delivered it.

    Whoever's values another has staged over since worked on it too, as did an operator it was taken from.
    """
    ours = select(ChangeSet.id).where(ChangeSet.request_id == request_id).scalar_subquery()
    base = aliased(EntryVersion)
    changes = select(Change.staged_by, Change.reviewed_by).where(Change.change_set_id == ours)
    versions = (
        select(EntryVersion.created_by, EntryVersion.created_by)
        .join(Change, Change.entry_id == EntryVersion.entry_id)
        .outerjoin(base, base.id == Change.base_version_id)
        .where(Change.change_set_id == ours)
        .where(
            (EntryVersion.number > base.number)
            | base.id.is_(None)
            | (EntryVersion.id == Change.new_version_id)
        )
    )
    steps = select(RequestHistory.actor_id, RequestHistory.actor_id).where(
        RequestHistory.request_id == request_id, RequestHistory.action.in_(_OPERATORS_STEPS)
    )
    rows = [row for query in (changes, versions, steps) for row in session.execute(query.distinct())]
    return frozenset(one for row in rows for one in row if one is not None)


def uploaders_of(session: Session, request_id: uuid.UUID) -> frozenset[uuid.UUID]:
    """Return who uploaded the images that the request would publish: stations, and their crews' accounts."""
    query = (
        select(PageImage.uploaded_by)
        .join(Change, Change.new_image_id == PageImage.id)
        .join(ChangeSet, Change.change_set_id == ChangeSet.id)
        .where(ChangeSet.request_id == request_id, PageImage.uploaded_by.is_not(None))
        .distinct()
    )
    stations = {one for one in session.scalars(query) if one is not None}
    crews = session.scalars(select(Account.id).where(Account.station_id.in_(stations)))
    return frozenset({*stations, *crews})


def rescans_outstanding(session: Session, request_id: uuid.UUID) -> Sequence[RescanOrder]:
    """Return the scans ordered for a request that no batch has brought yet."""
    query = select(RescanOrder).where(RescanOrder.request_id == request_id, RescanOrder.answered_at.is_(None))
    return session.scalars(query).all()
