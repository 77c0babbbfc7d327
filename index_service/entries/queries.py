"""What is known of entries and their versions, published or not."""

import uuid
from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from index_service.entries.tables import Entry, EntryVersion


def find_entry(session: Session, entry_id: uuid.UUID, *, office_id: uuid.UUID | None = None) -> Entry | None:
    """Return the entry, or None if there is none in sight; `office_id` None sees every office."""
    query = select(Entry).where(Entry.id == entry_id)
    if office_id is not None:
        query = query.where(Entry.office_id == office_id)
    return session.scalar(query)


def version_history(session: Session, entry_id: uuid.UUID) -> Sequence[EntryVersion]:
    """Return every version of an entry, oldest first, staged ones too: for maintainers, never for lookups."""
    query = select(EntryVersion).where(EntryVersion.entry_id == entry_id).order_by(EntryVersion.number)
    return session.scalars(query).all()
