"""Recall a delivery."""

import uuid
from datetime import datetime

from sqlalchemy.orm import Session

from access.principal import Principal
from domain.workflow import Action
from index_service.requests.facts import Said
from index_service.requests.operations.lock_request import lock_request
from index_service.requests.operations.transition import transition
from index_service.requests.tables import Request


def recall_delivery(
    session: Session,
    *,
    actor: Principal,
    request_id: uuid.UUID,
    reasons: tuple[str, ...],
    at: datetime,
    row_version: int | None = None,
) -> Request:
    """Take a delivery back before it is confirmed, with reasons; confirmations given are void.

    Raises:
        NotFound, Stale: see `lock_request`.
        Conflict: the workflow refuses.
    """
    request = lock_request(session, request_id, actor=actor, row_version=row_version)
    transition(session, request, Action.RECALL, actor=actor, at=at, said=Said(reasons=reasons))
    return request
