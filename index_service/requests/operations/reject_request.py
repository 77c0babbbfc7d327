"""Decline to maintain (不予維護)."""

import uuid
from datetime import datetime

from sqlalchemy.orm import Session

from access.principal import Principal
from domain.workflow import Action
from index_service.requests.facts import Said
from index_service.requests.operations.lock_request import lock_request
from index_service.requests.operations.transition import transition
from index_service.requests.tables import Request


def reject_request(
    session: Session,
    *,
    actor: Principal,
    request_id: uuid.UUID,
    reasons: tuple[str, ...],
    at: datetime,
    row_version: int | None = None,
) -> Request:
    """Turn a request down for good, with reasons; what was staged is closed.

    Raises:
        NotFound, Stale: see `lock_request`.
        Conflict: the workflow refuses.
    """
    request = lock_request(session, request_id, actor=actor, row_version=row_version)
    transition(session, request, Action.REJECT, actor=actor, at=at, said=Said(reasons=reasons))
    return request
