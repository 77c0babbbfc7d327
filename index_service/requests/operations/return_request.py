"""Return a request for correction (退回補正)."""

import uuid
from collections.abc import Mapping
from datetime import datetime

from sqlalchemy.orm import Session

from access.principal import Principal
from domain.workflow import Action
from index_service.requests.facts import Said
from index_service.requests.operations.lock_request import lock_request
from index_service.requests.operations.transition import transition
from index_service.requests.tables import Request


def return_request(
    session: Session,
    *,
    actor: Principal,
    request_id: uuid.UUID,
    defects: Mapping[str, str],
    at: datetime,
    row_version: int | None = None,
) -> Request:
    """Send a form back with every defect at once (一次告知): what is wrong, by field, and why.

    Raises:
        NotFound, Stale: see `lock_request`.
        Conflict: the workflow refuses.
    """
    request = lock_request(session, request_id, actor=actor, row_version=row_version)
    transition(session, request, Action.RETURN, actor=actor, at=at, said=Said(defects=defects))
    return request
