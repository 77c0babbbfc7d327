"""Confirm that index and image are right (確認無誤), wholly or in part."""

import uuid
from collections.abc import Collection
from datetime import datetime

from sqlalchemy.orm import Session

from access.principal import Principal
from domain.workflow import Action, State
from index_service.requests.operations.escalate_silence import watch_silence
from index_service.requests.operations.lock_request import lock_request
from index_service.requests.operations.split_request import split_request
from index_service.requests.operations.transition import transition
from index_service.requests.queries import items_of
from index_service.requests.rules import DEFAULT_RULES, RequestRules
from index_service.requests.tables import Confirmation, Request


def confirm_request(
    session: Session,
    *,
    actor: Principal,
    request_id: uuid.UUID,
    at: datetime,
    item_ids: Collection[uuid.UUID] | None = None,
    row_version: int | None = None,
    rules: RequestRules = DEFAULT_RULES,
) -> Request:
    """Give one office's word on the current delivery, and return the request that was confirmed.

    With `item_ids` naming some of the items, those become a child request (子案) that is confirmed and goes
    on alone; the parent keeps the others and awaits their confirmation or dispute.

    Raises:
        NotFound, Stale: see `lock_request`.
        Invalid: an item is not this request's.
        Conflict: the workflow refuses, or the items cannot be published apart from the others.
    """
    request = lock_request(session, request_id, actor=actor, row_version=row_version)
    split = item_ids is not None and set(item_ids) != {item.id for item in items_of(session, request.id)}
    if split and item_ids is not None:
        request = split_request(session, request, item_ids=set(item_ids), actor=actor, at=at, rules=rules)
    step = transition(session, request, Action.CONFIRM, actor=actor, at=at, rules=rules)
    if split and step.to_state is State.AWAITING_CONFIRMATION:
        # The part waits for another office: its silence is watched from now on, apart from the parent's.
        watch_silence(session, request, reminder=1, at=at, rules=rules)
    assert actor.office_id is not None
    assert actor.account_id is not None
    session.add(
        Confirmation(
            request_id=request.id,
            office_id=actor.office_id,
            delivery=request.delivery,
            account_id=actor.account_id,
            at=at,
        )
    )
    session.flush()
    return request
