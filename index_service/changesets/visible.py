"""Which change sets and changes a party may read: those of the requests in its sight."""

import uuid

from sqlalchemy import select
from sqlalchemy.orm import Session

from access.http.problems import NotFound
from access.principal import Principal
from index_service.changesets.tables import Change, ChangeSet
from index_service.requests.sight import in_sight
from index_service.requests.tables import Request


def visible_change_set(session: Session, change_set_id: uuid.UUID, *, actor: Principal) -> ChangeSet:
    """Return a change set in the actor's sight.

    Raises:
        NotFound: there is none.
    """
    query = (
        select(ChangeSet)
        .join(Request, ChangeSet.request_id == Request.id)
        .where(ChangeSet.id == change_set_id, in_sight(actor))
    )
    found = session.scalar(query)
    if found is None:
        raise NotFound("change_set_unknown", "查無此維護批次。", "There is no such change set.")
    return found


def visible_change(session: Session, change_id: uuid.UUID, *, actor: Principal) -> Change:
    """Return a change in the actor's sight.

    Raises:
        NotFound: there is none.
    """
    change = session.get(Change, change_id)
    if change is None:
        raise NotFound("change_unknown", "查無此項異動。", "There is no such change.")
    visible_change_set(session, change.change_set_id, actor=actor)
    return change
