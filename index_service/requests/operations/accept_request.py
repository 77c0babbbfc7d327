"""Accept a request (受理)."""

import uuid
from datetime import datetime

from sqlalchemy.orm import Session

from access.principal import Principal
from domain.workflow import Action
from index_service.changesets.operations.open_change_set import open_change_set
from index_service.requests.facts import Said
from index_service.requests.operations.lock_request import lock_request
from index_service.requests.operations.transition import transition
from index_service.requests.tables import Request


def accept_request(
    session: Session,
    *,
    actor: Principal,
    request_id: uuid.UUID,
    operator_id: uuid.UUID,
    at: datetime,
    row_version: int | None = None,
) -> Request:
    """Take a request up, assign its operator and open the change set the work will be staged in.

    Raises:
        NotFound, Stale: see `lock_request`.
        Conflict: the workflow refuses.
    """
    request = lock_request(session, request_id, actor=actor, row_version=row_version)
    transition(session, request, Action.ACCEPT, actor=actor, at=at, said=Said(operator_id=operator_id))
    request.operator_id = operator_id
    open_change_set(session, request_id=request.id, office_id=request.office_id, at=at)
    return request
