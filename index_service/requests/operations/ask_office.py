"""Ask the office to check the paper register (請戶所核對原簿)."""

import uuid
from datetime import datetime

from sqlalchemy.orm import Session

from access.principal import Principal
from domain.workflow import Action
from index_service.requests.facts import Said
from index_service.requests.operations.lock_request import lock_request
from index_service.requests.operations.transition import transition
from index_service.requests.tables import Request


def ask_office(
    session: Session,
    *,
    actor: Principal,
    request_id: uuid.UUID,
    reasons: tuple[str, ...],
    at: datetime,
    row_version: int | None = None,
) -> Request:
    """Put a question to the office; the deadline stands still until it is answered.

    Raises:
        NotFound, Stale: see `lock_request`.
        Conflict: the workflow refuses.
    """
    request = lock_request(session, request_id, actor=actor, row_version=row_version)
    transition(session, request, Action.ASK, actor=actor, at=at, said=Said(reasons=reasons))
    return request
