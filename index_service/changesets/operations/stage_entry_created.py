"""Stage a new entry."""

import uuid
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from access.principal import Principal
from index_service.changesets.operations.put_change import put_change, require_open
from index_service.changesets.subjects import entry_subject
from index_service.changesets.tables import Change, ChangeSet
from index_service.entries.field_values import Fields
from index_service.entries.operations.create_entry import create_entry
from storage.catalogue.tables import Page


def stage_entry_created(
    session: Session,
    *,
    change_set: ChangeSet,
    page: Page,
    series_key: str,
    image_id: uuid.UUID | None,
    fields: Fields,
    region: list[Any] | None,
    actor: Principal,
    at: datetime,
    ordinal: int = 0,
    doubt: float | None = None,
    item_id: uuid.UUID | None = None,
) -> Change:
    """Create an entry with its first version and stage it.

    Raises:
        Conflict: the change set is not open.
        Invalid: values out of shape or not of the series, or boxes without the image they were drawn on.
    """
    require_open(change_set)
    version = create_entry(
        session,
        page=page,
        series_key=series_key,
        image_id=image_id,
        fields=fields,
        region=region,
        ordinal=ordinal,
        doubt=doubt,
        created_by=actor.account_id,
        at=at,
    )
    return put_change(
        session,
        change_set=change_set,
        subject=entry_subject(version.entry_id),
        action="entry_created",
        page=page,
        entry_id=version.entry_id,
        new_version_id=version.id,
        least_confidence=version.least_confidence,
        reviewed_by=actor.account_id,
        actor=actor,
        at=at,
        item_id=item_id,
    )
