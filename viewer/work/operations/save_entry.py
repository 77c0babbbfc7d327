"""Save what the operator typed into a staged entry, and whom he stands behind, in one go."""

import uuid
from collections.abc import Collection, Mapping
from datetime import datetime

from sqlalchemy.orm import Session

from access.principal import Principal
from index_service.changesets.operations.confirm_fields import confirm_fields
from index_service.changesets.operations.edit_proposal import edit_proposal


def save_entry(
    session: Session,
    *,
    actor: Principal,
    change_id: uuid.UUID,
    row_version: int,
    texts: Mapping[str, str],
    confirmed: Collection[str] | None,
    at: datetime,
) -> None:
    """Put changed texts in, then confirm the named fields (None: all of them).

    Raises:
        NotFound, Conflict, Invalid, Stale: see `edit_proposal` and `confirm_fields`.
    """
    if texts:
        change = edit_proposal(
            session, actor=actor, change_id=change_id, row_version=row_version, texts=texts, at=at
        )
        row_version = change.row_version
    if confirmed is None or confirmed:
        confirm_fields(
            session, actor=actor, change_id=change_id, row_version=row_version, keys=confirmed, at=at
        )
