"""Assign a request to another operator (改派)."""

import uuid
from datetime import datetime

from sqlalchemy.orm import Session

from access.principal import Principal
from domain.workflow import Action
from index_service.requests.facts import Said
from index_service.requests.operations.lock_request import lock_request
from index_service.requests.operations.transition import transition
from index_service.requests.tables import Request


def reassign_request(
    session: Session,
    *,
    actor: Principal,
    request_id: uuid.UUID,
    operator_id: uuid.UUID,
    at: datetime,
    reasons: tuple[str, ...] = (),
    row_version: int | None = None,
) -> Request:
    """Name the operator; the first assignment of an opened request needs no reasons.

    Raises:
        NotFound, Stale: see `lock_request`.
        Conflict: the workflow refuses.
    """
    request = lock_request(session, request_id, actor=actor, row_version=row_version)
    said = Said(operator_id=operator_id, reasons=reasons)
    transition(session, request, Action.REASSIGN, actor=actor, at=at, said=said)
    request.operator_id = operator_id
    session.flush()
    return request
