"""Start a change anew from what stands published by now."""

import uuid
from datetime import datetime

from sqlalchemy.orm import Session

from access.audit.operations.record_event import record_event
from access.http.problems import Conflict
from access.principal import Principal
from index_service.changesets.operations.edit_proposal import require_unmoved
from index_service.changesets.operations.require_editable import find_editable_change
from index_service.changesets.queries import standing_image_id, standing_place, standing_version_id
from index_service.changesets.tables import Change


def rebase_change(
    session: Session, *, actor: Principal, change_id: uuid.UUID, row_version: int, at: datetime
) -> Change:
    """Name what stands now as the base, once the operator has compared; what is staged stays to be edited.

    Raises:
        Stale: somebody changed it meanwhile.
        Conflict: its subject was created, retired or withdrawn meanwhile; nothing is left to change.
    """
    _, change = find_editable_change(session, change_id, actor=actor)
    require_unmoved(change, row_version)
    if change.entry_id is not None:
        base = standing_version_id(session, change.entry_id)
        _require_same_kind(change.base_version_id, base)
        change.base_version_id = base
    elif change.action.startswith("image"):
        image = standing_image_id(session, change.page_id, change.view)
        _require_same_kind(change.base_image_id, image)
        change.base_image_id = image
    else:
        place = standing_place(session, change.page_id)
        if change.action == "page_withdrawn":
            _require_same_kind(change.base_place, place)
        change.base_place = place
    change.reviewed_by = change.staged_by = actor.account_id
    change.row_version += 1
    session.flush()
    record_event(
        session,
        actor=actor,
        action="change.rebase",
        subject_kind="change",
        subject_id=str(change.id),
        facts={"change_set": str(change.change_set_id), "subject": change.subject},
        at=at,
    )
    return change


def _require_same_kind(before: object, now: object) -> None:
    if (before is None) != (now is None):
        raise Conflict(
            "subject_gone",
            "此項異動的對象已被新增或撤下，請刪除此項異動後重新建立。",
            "The subject was added or taken away meanwhile: remove this change and stage it anew.",
        )
