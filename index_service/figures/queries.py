"""The numbers: requests by state, kind and office, days to close, pages loaded and published."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from statistics import median

from sqlalchemy import ColumnElement, Select, false, func, select, true
from sqlalchemy.orm import InstrumentedAttribute, Session

from access.principal import Principal
from domain.roles import Role
from domain.workflow import State
from index_service.editions.spans import stands_at
from index_service.editions.tables import Edition, Hold, PublishedEntry, PublishedPlace
from index_service.requests.due_dates import TAIPEI
from index_service.requests.tables import Request, RequestHistory
from storage.intake.tables import BatchPage
from storage.organisations.tables import Office

_SECONDS_A_DAY = 86_400


@dataclass(frozen=True, slots=True)
class RequestCount:
    """How many requests of one office and kind are in one state."""

    office_id: uuid.UUID
    office: str
    kind: str
    state: str
    count: int


@dataclass(frozen=True, slots=True)
class Figures:
    """The numbers in one party's sight, as of an edition; in calendar days, None where nothing closed."""

    edition: int
    requests: Sequence[RequestCount]
    median_days: float | None
    on_time_share: float | None
    overdue: int
    pages_by_state: dict[str, int]
    published_pages: int
    published_entries: int
    editions: int
    holds_in_force: int


def read_figures(session: Session, *, actor: Principal, edition: int, at: datetime) -> Figures:
    """Count what is in sight: an office its own, a local government its offices, the ministry all."""
    closed = _closed(session, actor)
    return Figures(
        edition=edition,
        requests=_requests(session, actor),
        median_days=median(days for days, _ in closed) if closed else None,
        on_time_share=sum(on_time for _, on_time in closed) / len(closed) if closed else None,
        overdue=_count(session, _overdue(actor, at)),
        pages_by_state=_pages(session, actor),
        published_pages=_count(
            session,
            select(func.count(PublishedPlace.id)).where(
                stands_at(PublishedPlace, edition), _mine(actor, PublishedPlace.office_id)
            ),
        ),
        published_entries=_count(
            session,
            select(func.count(PublishedEntry.id)).where(
                stands_at(PublishedEntry, edition), _mine(actor, PublishedEntry.office_id)
            ),
        ),
        editions=_count(session, select(func.count(Edition.number)).where(_mine(actor, Edition.office_id))),
        holds_in_force=_count(
            session,
            select(func.count(Hold.id)).where(
                Hold.in_force_from.is_not(None), Hold.lifted_at.is_(None), _mine(actor, Hold.office_id)
            ),
        ),
    )


def _mine(actor: Principal, office_id: InstrumentedAttribute[uuid.UUID]) -> ColumnElement[bool]:
    if actor.sees_every_office:
        return true()
    if actor.office_id is not None:
        return office_id == actor.office_id
    if Role.LOCAL_GOVERNMENT in actor.roles and actor.local_government_id is not None:
        supervised = select(Office.id).where(Office.local_government_id == actor.local_government_id)
        return office_id.in_(supervised)
    return false()


def _requests(session: Session, actor: Principal) -> list[RequestCount]:
    query = (
        select(Office.id, Office.name, Request.kind, Request.state, func.count())
        .join(Office, Office.id == Request.office_id)
        .where(_mine(actor, Request.office_id))
        .group_by(Office.id, Office.name, Request.kind, Request.state)
        .order_by(Office.name, Request.kind, Request.state)
    )
    return [RequestCount(*row) for row in session.execute(query)]


def _closed(session: Session, actor: Principal) -> list[tuple[float, bool]]:
    """Return the days each published request took, and whether it kept its deadline."""
    query = (
        select(Request.created_at, RequestHistory.at, Request.due_on)
        .join(RequestHistory, RequestHistory.request_id == Request.id)
        .where(RequestHistory.to_state == State.PUBLISHED.value, _mine(actor, Request.office_id))
    )
    return [
        ((closed - made).total_seconds() / _SECONDS_A_DAY, due is None or closed <= due)
        for made, closed, due in session.execute(query)
    ]


def _overdue(actor: Principal, at: datetime) -> Select[int]:
    running = (State.SUBMITTED, State.ACCEPTED, State.IN_MAINTENANCE, State.AWAITING_CONFIRMATION)
    return select(func.count(Request.id)).where(
        Request.state.in_([state.value for state in running]),
        Request.due_on < at.astimezone(TAIPEI),
        _mine(actor, Request.office_id),
    )


def _pages(session: Session, actor: Principal) -> dict[str, int]:
    query = (
        select(BatchPage.state, func.count())
        .where(_mine(actor, BatchPage.office_id))
        .group_by(BatchPage.state)
    )
    return {row[0]: row[1] for row in session.execute(query)}


def _count(session: Session, query: Select[int]) -> int:
    return session.scalar(query) or 0
