"""Submit a request to the ministry (函報)."""

import uuid
from datetime import datetime

from sqlalchemy.orm import Session

from access.principal import Principal
from domain.workflow import Action
from index_service.requests.operations.lock_request import lock_request
from index_service.requests.operations.transition import transition
from index_service.requests.rules import DEFAULT_RULES, RequestRules
from index_service.requests.tables import Request


def submit_request(
    session: Session,
    *,
    actor: Principal,
    request_id: uuid.UUID,
    at: datetime,
    letter_number: str | None = None,
    row_version: int | None = None,
    rules: RequestRules = DEFAULT_RULES,
) -> Request:
    """Approve a form and report it; the letter number (發文字號) exists only now.

    Raises:
        NotFound, Stale: see `lock_request`.
        Conflict: the workflow refuses.
    """
    request = lock_request(session, request_id, actor=actor, row_version=row_version)
    if letter_number:
        request.letter_number = letter_number
    request.approved_by = actor.account_id
    transition(session, request, Action.SUBMIT, actor=actor, at=at, rules=rules)
    return request
