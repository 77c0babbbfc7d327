"""Open a request of the ministry's own accord (依職權)."""

import uuid
from datetime import datetime

from sqlalchemy.orm import Session

from access.principal import Principal
from domain.workflow import Action
from index_service.changesets.operations.open_change_set import open_change_set
from index_service.requests.form import RequestForm
from index_service.requests.operations.draft_request import new_request
from index_service.requests.operations.transition import transition
from index_service.requests.operations.write_items import write_items
from index_service.requests.rules import DEFAULT_RULES, RequestRules
from index_service.requests.tables import Request


def open_ex_officio(
    session: Session,
    *,
    actor: Principal,
    office_id: uuid.UUID,
    form: RequestForm,
    at: datetime,
    reverses_edition: int | None = None,
    rules: RequestRules = DEFAULT_RULES,
) -> Request:
    """Open an accepted request for what the ministry found itself; that office will confirm it.

    An operator is named afterwards by `reassign_request`.

    Raises:
        Conflict: the workflow refuses.
        Invalid: an item names something that does not exist.
    """
    request = new_request(session, form, office_id=office_id, drafted_by=actor.account_id, at=at)
    transition(session, request, Action.OPEN, actor=actor, at=at, rules=rules)
    write_items(session, request, form.items)
    open_change_set(
        session, request_id=request.id, office_id=office_id, reverses_edition=reverses_edition, at=at
    )
    return request
