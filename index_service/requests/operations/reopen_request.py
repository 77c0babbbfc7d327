"""Reopen a confirmed request whose base moved."""

import uuid
from datetime import datetime

from sqlalchemy.orm import Session

from access.principal import Principal
from domain.workflow import Action
from index_service.requests.operations.lock_request import lock_request
from index_service.requests.operations.transition import transition
from index_service.requests.tables import Request


def reopen_request(
    session: Session,
    *,
    actor: Principal,
    request_id: uuid.UUID,
    at: datetime,
    row_version: int | None = None,
) -> Request:
    """Send a request back to maintenance because its base moved; its confirmation is void.

    Raises:
        NotFound, Stale: see `lock_request`.
        Conflict: the workflow refuses.
    """
    request = lock_request(session, request_id, actor=actor, row_version=row_version)
    transition(session, request, Action.REOPEN, actor=actor, at=at)
    return request
