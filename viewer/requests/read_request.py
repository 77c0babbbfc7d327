"""A request as every party's screen shows it: what is asked, what happened, what may be done now."""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from access.accounts.tables import Account
from access.http.problems import NotFound
from access.principal import Principal
from domain.workflow import Action, State, actions_open_to
from index_service.requests.facts import Said, Trial, gather_facts
from index_service.requests.queries import find_request, history_of, items_of
from index_service.requests.rules import DEFAULT_RULES
from index_service.requests.tables import Request, RequestItem
from storage.catalogue.tables import Page, Volume
from storage.organisations.tables import Office


@dataclass(frozen=True, slots=True)
class RequestLine:
    """A request in a list."""

    id: uuid.UUID
    number: str
    kind: str
    state: str
    office: str
    volume: str
    operator: str
    items: int
    due_on: datetime | None
    created_at: datetime


@dataclass(frozen=True, slots=True)
class ItemLine:
    """One thing wrong, with the names of what it speaks of."""

    id: uuid.UUID
    ordinal: int
    fault_code: str
    volume: str
    page: str
    page_id: uuid.UUID | None
    entry_id: uuid.UUID | None
    field_key: str | None
    stands_now: str
    should_stand: str


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """One step: who, when, from where to where, and the reasons given."""

    action: str
    from_state: str | None
    to_state: str
    actor: str
    at: datetime
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RequestFile:
    """A request whole."""

    line: RequestLine
    request: Request
    drafter: str
    items: tuple[ItemLine, ...]
    history: tuple[HistoryLine, ...]
    actions: frozenset[str]


def read_request(session: Session, request_id: uuid.UUID, *, actor: Principal) -> RequestFile:
    """Return a request in the actor's sight.

    Raises:
        NotFound: there is none.
    """
    request = find_request(session, request_id, actor=actor)
    if request is None:
        raise NotFound("request_unknown", "查無此申請案。", "There is no such request.")
    items = read_items(session, request.id)
    return RequestFile(
        line=request_line(session, request),
        request=request,
        drafter=_name(session, request.drafted_by),
        items=tuple(items),
        history=tuple(_history(session, request, {str(one.id): one for one in items})),
        actions=open_actions(session, request, actor),
    )


def request_lines(session: Session, requests: Iterable[Request]) -> list[RequestLine]:
    """Return requests as lists show them."""
    return [request_line(session, request) for request in requests]


def request_line(session: Session, request: Request) -> RequestLine:
    """Return one request as lists show it."""
    items = items_of(session, request.id)
    return RequestLine(
        id=request.id,
        number=request.number,
        kind=request.kind,
        state=request.state,
        office=session.get_one(Office, request.office_id).name,
        volume="、".join(dict.fromkeys(name for item in items if (name := _volume(session, item)))),
        operator=_name(session, request.operator_id),
        items=len(items),
        due_on=request.due_on,
        created_at=request.created_at,
    )


def read_items(session: Session, request_id: uuid.UUID) -> list[ItemLine]:
    """Return a request's items with the names of what they speak of."""
    return [_item(session, item) for item in items_of(session, request_id)]


def open_actions(session: Session, request: Request, actor: Principal) -> frozenset[str]:
    """Return what the workflow offers this person now; forms may still need filling."""
    trial = Trial(session, request, Action.DRAFT, actor, Said(), DEFAULT_RULES)
    return frozenset(action.value for action in actions_open_to(State(request.state), gather_facts(trial)))


def _item(session: Session, item: RequestItem) -> ItemLine:
    page = session.get(Page, item.page_id) if item.page_id else None
    return ItemLine(
        id=item.id,
        ordinal=item.ordinal,
        fault_code=item.fault_code,
        volume=_volume(session, item),
        page=page.designation if page else "",
        page_id=item.page_id,
        entry_id=item.entry_id,
        field_key=item.field_key,
        stands_now=item.stands_now,
        should_stand=item.should_stand,
    )


def _volume(session: Session, item: RequestItem) -> str:
    page = session.get(Page, item.page_id) if item.page_id else None
    volume_id = page.volume_id if page else item.volume_id
    volume = session.get(Volume, volume_id) if volume_id else None
    return volume.designation if volume else ""


def _history(session: Session, request: Request, items: dict[str, ItemLine]) -> list[HistoryLine]:
    steps = history_of(session, request.id)
    ids = {step.actor_id for step in steps if step.actor_id}
    names = dict(session.execute(select(Account.id, Account.display_name).where(Account.id.in_(ids))).all())
    return [
        HistoryLine(
            action=step.action,
            from_state=step.from_state,
            to_state=step.to_state,
            actor=names.get(step.actor_id, "系統") if step.actor_id else "系統",
            at=step.at,
            reasons=tuple(_reasons(step.reasons, items)),
        )
        for step in steps
    ]


def _reasons(kept: Sequence[dict[str, Any]], items: dict[str, ItemLine]) -> Iterable[str]:
    for one in kept:
        item = items.get(str(one.get("item", "")))
        about = f"第{item.ordinal}項：" if item else f"{one['defect']}：" if "defect" in one else ""
        yield about + str(one["text"])


def _name(session: Session, account_id: uuid.UUID | None) -> str:
    account = session.get(Account, account_id) if account_id else None
    return account.display_name if account else ""
