"""Stage many new entries at once, with the pages they stand on: the bulk way of `stage_entry_created`.

The same rows under the same constraints as staging one by one, a few statements for a thousand entries. For
change sets that hold nothing of these subjects yet: every entry is new, and so is every page's placing.
"""

import uuid
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import insert
from sqlalchemy.orm import Session

from access.principal import Principal
from index_service.changesets.operations.put_change import require_open
from index_service.changesets.subjects import entry_subject, place_subject
from index_service.changesets.tables import Change, ChangeSet
from index_service.entries.field_values import Fields, doubt_in
from index_service.entries.operations.write_version import check_fields
from index_service.entries.tables import Entry, EntryVersion
from storage.catalogue.tables import Page
from storage.database.identity import new_id

_AT_ONCE = 1000


@dataclass(frozen=True, slots=True)
class NewEntry:
    """One entry to be staged on a page, without an image: so without region or boxes."""

    page: Page
    ordinal: int
    fields: Fields


@dataclass(frozen=True, slots=True)
class Staging:
    """Into which set the entries go, of which series, for which items (by page), by whom and when."""

    change_set: ChangeSet
    series_key: str
    items: Mapping[uuid.UUID, uuid.UUID]
    actor: Principal
    at: datetime


def stage_loaded_entries(session: Session, staging: Staging, entries: Sequence[NewEntry]) -> Iterator[int]:
    """Create and stage the entries, yielding how many after each thousand or fewer.

    Raises:
        Conflict: the change set is not open.
        Invalid: values out of shape or not of the series.
    """
    require_open(staging.change_set)
    for start in range(0, len(entries), _AT_ONCE):
        some = entries[start : start + _AT_ONCE]
        for one in some:
            check_fields(staging.series_key, one.fields)
        _write(session, staging, some)
        yield len(some)


def stage_places(session: Session, staging: Staging, pages: Sequence[Page]) -> None:
    """Stage pages that stand nowhere yet at their volume's places.

    Raises:
        Conflict: the change set is not open.
    """
    require_open(staging.change_set)
    rows = [
        _change(staging, page, place_subject(page.id), "page_placed")
        | {"new_volume_id": page.volume_id, "new_sequence": page.sequence}
        for page in pages
    ]
    if rows:
        session.execute(insert(Change), rows)


def _write(session: Session, staging: Staging, entries: Sequence[NewEntry]) -> None:
    made, versions, changes = [], [], []
    for one in entries:
        entry_id, version = new_id(), _version(staging, one)
        made.append(_entry(staging, one, entry_id))
        versions.append(version | {"entry_id": entry_id})
        changes.append(
            _change(staging, one.page, entry_subject(entry_id), "entry_created")
            | {
                "entry_id": entry_id,
                "new_version_id": version["id"],
                "least_confidence": version["least_confidence"],
            }
        )
    session.execute(insert(Entry), made)
    session.execute(insert(EntryVersion), versions)
    session.execute(insert(Change), changes)


def _entry(staging: Staging, one: NewEntry, entry_id: uuid.UUID) -> dict[str, Any]:
    return {
        "id": entry_id,
        "office_id": one.page.office_id,
        "series_key": staging.series_key,
        "created_at": staging.at,
    }


def _version(staging: Staging, one: NewEntry) -> dict[str, Any]:
    return {
        "id": new_id(),
        "office_id": one.page.office_id,
        "number": 1,
        "page_id": one.page.id,
        "ordinal": one.ordinal,
        "fields": one.fields,
        "least_confidence": doubt_in(one.fields),
        "created_by": staging.actor.account_id,
        "created_at": staging.at,
    }


def _change(staging: Staging, page: Page, subject: str, action: str) -> dict[str, Any]:
    return {
        "id": new_id(),
        "change_set_id": staging.change_set.id,
        "office_id": page.office_id,
        "item_id": staging.items.get(page.id),
        "subject": subject,
        "action": action,
        "page_id": page.id,
        "staged_by": staging.actor.account_id,
        "created_at": staging.at,
    }
