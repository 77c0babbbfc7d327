"""Make versions findable, in the transaction that publishes them."""

import uuid
from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.orm import Session

from index_service.entries.tables import Entry, EntryVersion
from index_service.search.engines.choose import engine_of
from index_service.search.keys import search_rows
from index_service.search.tables import SearchDate, SearchText


def index_versions(session: Session, *, version_ids: Collection[uuid.UUID]) -> int:
    """Add the search rows of versions that have none yet, and return how many versions that were.

    A version published twice (by a reversal, say) is indexed once: its values are immutable.
    """
    known = set(session.scalars(select(SearchText.version_id).where(SearchText.version_id.in_(version_ids))))
    known |= set(session.scalars(select(SearchDate.version_id).where(SearchDate.version_id.in_(version_ids))))
    rows = session.execute(
        select(EntryVersion, Entry.series_key)
        .join(Entry, Entry.id == EntryVersion.entry_id)
        .where(EntryVersion.id.in_([i for i in version_ids if i not in known]))
    ).all()
    added = [row for version, series_key in rows for row in search_rows(version, series_key)]
    session.add_all(added)
    session.flush()
    engine_of(session).after_insert(session, [row for row in added if isinstance(row, SearchText)])
    return len(rows)
