"""Say that what was read is right, without retyping it."""

import uuid
from collections.abc import Collection
from datetime import datetime

from sqlalchemy.orm import Session

from access.principal import Principal
from index_service.changesets.operations.edit_proposal import require_unmoved, restage_version, staged_version
from index_service.changesets.operations.require_editable import find_editable_change
from index_service.changesets.tables import Change
from index_service.entries.field_values import confirmed_value


def confirm_fields(
    session: Session,
    *,
    actor: Principal,
    change_id: uuid.UUID,
    row_version: int,
    at: datetime,
    keys: Collection[str] | None = None,
) -> Change:
    """Put the operator's name to fields of a staged entry; all of them unless `keys` names some.

    A confirmed value is never overwritten by recognition.

    Raises:
        Stale: somebody changed it meanwhile.
        Conflict: the change is of no entry's values, or may not be worked on now.
    """
    assert actor.account_id is not None, "only a person confirms a value"
    _, change = find_editable_change(session, change_id, actor=actor)
    require_unmoved(change, row_version, keys=sorted(keys or ()))
    fields = staged_version(session, change).fields
    wanted = fields.keys() if keys is None else set(keys)
    confirmed = {
        key: confirmed_value(value, by=actor.account_id) if key in wanted else value
        for key, value in fields.items()
    }
    return restage_version(session, change, confirmed, actor=actor, at=at)
