"""Lock a request for staging by hand, and refuse where it may not be worked on."""

import uuid

from sqlalchemy.orm import Session

from access.http.problems import Conflict, NotFound
from access.principal import Principal
from domain.workflow import State
from index_service.changesets.operations.put_change import require_open
from index_service.changesets.tables import Change, ChangeSet
from index_service.requests.tables import Request
from storage.database.locking import lock_row


def require_editable(session: Session, change_set_id: uuid.UUID, *, actor: Principal) -> ChangeSet:
    """Return the change set, its request locked so that no delivery slips in between.

    Raises:
        NotFound: there is no such change set.
        Conflict: it is not open, its request is not in maintenance, or somebody else is its operator.
    """
    change_set = session.get(ChangeSet, change_set_id)
    if change_set is None:
        raise NotFound("change_set_unknown", "查無此維護批次。", "There is no such change set.")
    request = lock_row(session, Request, change_set.request_id)
    session.refresh(change_set)
    require_open(change_set)
    if request.state != State.IN_MAINTENANCE:
        raise Conflict(
            "not_in_maintenance",
            "本案目前不在「維護中」，不能修改維護內容。",
            "The request is not in maintenance now, so what is staged cannot be changed.",
            state=request.state,
        )
    if request.operator_id is None or request.operator_id != actor.account_id:
        raise Conflict(
            "not_assigned_operator",
            "本案由其他維護人員承辦，請先改派。",
            "Another operator has this request: have it reassigned first.",
        )
    return change_set


def find_editable_change(
    session: Session, change_id: uuid.UUID, *, actor: Principal
) -> tuple[ChangeSet, Change]:
    """Return a change with its set, both free to be worked on by this operator.

    Raises:
        NotFound: there is no such change.
        Conflict: see `require_editable`.
    """
    change = session.get(Change, change_id)
    if change is None:
        raise NotFound("change_unknown", "查無此項異動。", "There is no such change.")
    change_set = require_editable(session, change.change_set_id, actor=actor)
    session.refresh(change)
    return change_set, change
