"""Create an entry with its first version."""

import uuid
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from index_service.entries.field_values import Fields
from index_service.entries.operations.write_version import check_fields, check_region, write_version
from index_service.entries.tables import Entry, EntryVersion
from storage.catalogue.tables import Page


def create_entry(
    session: Session,
    *,
    page: Page,
    series_key: str,
    image_id: uuid.UUID | None,
    fields: Fields,
    region: list[Any] | None,
    at: datetime,
    ordinal: int = 0,
    doubt: float | None = None,
    created_by: uuid.UUID | None = None,
) -> EntryVersion:
    """Create the entry of one line of a page, and version 1 of it; nothing is published by this.

    Raises:
        Invalid: values out of shape or not of the series, or boxes without the image they were drawn on.
    """
    check_fields(series_key, fields)
    check_region(session, page, image_id, region, fields)
    entry = Entry(office_id=page.office_id, series_key=series_key, created_at=at)
    session.add(entry)
    session.flush()
    return write_version(
        session,
        entry=entry,
        number=1,
        page=page,
        image_id=image_id,
        fields=fields,
        region=region,
        ordinal=ordinal,
        doubt=doubt,
        created_by=created_by,
        at=at,
    )
