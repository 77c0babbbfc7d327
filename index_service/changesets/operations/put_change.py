"""Write one change into an open set: the one place where changes come into being or are restaged."""

import uuid
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from access.http.problems import Conflict, Invalid
from access.principal import Principal
from index_service.changesets.queries import find_change
from index_service.changesets.tables import Change, ChangeSet
from index_service.requests.tables import RequestItem
from storage.catalogue.tables import Page


def put_change(
    session: Session,
    *,
    change_set: ChangeSet,
    subject: str,
    action: str,
    page: Page,
    actor: Principal,
    at: datetime,
    item_id: uuid.UUID | None = None,
    **columns: Any,
) -> Change:
    """Stage what a set does to a subject; what it did to it before is replaced.

    Raises:
        Conflict: the change set is published or closed.
        Invalid: the item is not this request's.
    """
    require_open(change_set)
    _require_own_item(session, change_set, item_id)
    change = find_change(session, change_set.id, subject)
    if change is None:
        change = Change(change_set_id=change_set.id, subject=subject, created_at=at, row_version=0)
        session.add(change)
    staged = {"action": action, "page_id": page.id, "office_id": page.office_id, **_EMPTY, **columns}
    for column, value in staged.items():
        setattr(change, column, value)
    change.item_id = item_id or change.item_id
    change.staged_by = actor.account_id
    change.row_version += 1
    session.flush()
    return change


def _require_own_item(session: Session, change_set: ChangeSet, item_id: uuid.UUID | None) -> None:
    item = session.get(RequestItem, item_id) if item_id is not None else None
    if item_id is not None and (item is None or item.request_id != change_set.request_id):
        raise Invalid(
            "item_unknown",
            "所列項目不屬於本案，請重新選取。",
            "An item named is not this request's: choose again.",
        )


def require_open(change_set: ChangeSet) -> None:
    """Refuse to touch what is published or closed.

    Raises:
        Conflict: the change set is one or the other.
    """
    if change_set.state != "open":
        raise Conflict(
            "change_set_not_open",
            "此維護批次已公布或已結案，不能再異動。",
            "This change set is published or closed, so nothing can be staged in it any more.",
        )


_EMPTY: dict[str, Any] = {
    "base_version_id": None,
    "new_version_id": None,
    "base_image_id": None,
    "new_image_id": None,
    "base_place": None,
    "new_volume_id": None,
    "new_sequence": None,
    "least_confidence": None,
    "reviewed_by": None,
}
