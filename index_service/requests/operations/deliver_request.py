"""Deliver the staged work for confirmation."""

import uuid
from datetime import datetime

from sqlalchemy.orm import Session

from access.principal import Principal
from domain.workflow import Action
from index_service.requests.operations.escalate_silence import watch_silence
from index_service.requests.operations.lock_request import lock_request
from index_service.requests.operations.transition import transition
from index_service.requests.rules import DEFAULT_RULES, RequestRules
from index_service.requests.tables import Request


def deliver_request(
    session: Session,
    *,
    actor: Principal,
    request_id: uuid.UUID,
    at: datetime,
    row_version: int | None = None,
    rules: RequestRules = DEFAULT_RULES,
) -> Request:
    """Hand a valid change set to the office; pages opened in an earlier delivery count no more.

    Raises:
        NotFound, Stale: see `lock_request`.
        Conflict: the workflow refuses.
    """
    request = lock_request(session, request_id, actor=actor, row_version=row_version)
    transition(session, request, Action.DELIVER, actor=actor, at=at, rules=rules)
    watch_silence(session, request, reminder=1, at=at, rules=rules)
    return request
