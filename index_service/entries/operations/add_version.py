"""Give an entry a new, immutable version."""

import uuid
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from index_service.entries.field_values import Fields
from index_service.entries.operations.write_version import check_fields, check_region, write_version
from index_service.entries.tables import Entry, EntryVersion
from storage.catalogue.tables import Page
from storage.database.locking import lock_row


def add_version(
    session: Session,
    *,
    entry_id: uuid.UUID,
    page: Page,
    image_id: uuid.UUID | None,
    fields: Fields,
    region: list[Any] | None,
    at: datetime,
    ordinal: int = 0,
    doubt: float | None = None,
    created_by: uuid.UUID | None = None,
) -> EntryVersion:
    """Write the next version of an entry; the versions before it stay as they are.

    `doubt` is the least confidence as its maker counted it; without it, the least among unconfirmed values.

    Raises:
        Invalid: values out of shape or not of the series, or boxes without the image they were drawn on.
    """
    entry = lock_row(session, Entry, entry_id)
    check_fields(entry.series_key, fields)
    check_region(session, page, image_id, region, fields)
    last = session.scalar(select(func.max(EntryVersion.number)).where(EntryVersion.entry_id == entry_id))
    return write_version(
        session,
        entry=entry,
        number=(last or 0) + 1,
        page=page,
        image_id=image_id,
        fields=fields,
        region=region,
        ordinal=ordinal,
        doubt=doubt,
        created_by=created_by,
        at=at,
    )
