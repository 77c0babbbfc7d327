"""Tell those who were shown what an edition has changed (個人資料保護法 §11)."""

import uuid
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from index_service.changesets.queries import changes_of
from index_service.changesets.tables import Change
from index_service.editions.tables import Edition
from index_service.entries.field_values import changed_keys
from index_service.entries.tables import EntryVersion
from index_service.lookups.tables import Disclosure, Lookup
from index_service.notices.operations.post_notice import post_notice


def tell_those_shown(session: Session, *, edition: Edition, at: datetime) -> int:
    """Post a notice to every organisation that was shown what this edition ends; return how many.

    A version whose texts all stay (an entry taken over to a new image) is told to nobody who saw the entry
    alone; those who saw a picture that is replaced or withdrawn hear of that. Once an edition, subject and
    organisation. The notice names ids and field keys, never a value.
    """
    posted = 0
    for change in changes_of(session, edition.change_set_id):
        for told in _told_of(session, change):
            posted += _post(session, edition, change, told, at=at)
    return posted


class _Told:
    """An organisation that was shown a changed thing, with what it saw of it."""

    def __init__(self, agency_id: uuid.UUID | None, office_id: uuid.UUID | None, fields: set[str]) -> None:
        self.agency_id = agency_id
        self.office_id = office_id
        self.fields = fields


def _told_of(session: Session, change: Change) -> list[_Told]:
    if change.base_version_id is not None:
        touched = _touched(session, change)
        rows = _shown(session, version_id=change.base_version_id) if touched else []
    elif change.base_image_id is not None:
        touched, rows = None, _shown(session, image_id=change.base_image_id)
    else:
        return []
    told: dict[tuple[Any, Any], _Told] = {}
    for agency_id, office_id, shown in rows:
        seen = set(map(str, shown)) if touched is None else touched & set(map(str, shown))
        if seen or touched is None:
            known = told.setdefault((agency_id, office_id), _Told(agency_id, office_id, set()))
            known.fields |= seen
    return list(told.values())


def _touched(session: Session, change: Change) -> set[str]:
    """Return the field keys of the ended version whose text no longer stands."""
    base = session.get_one(EntryVersion, change.base_version_id)
    if change.new_version_id is None:
        return set(base.fields)
    return changed_keys(base.fields, session.get_one(EntryVersion, change.new_version_id).fields)


def _shown(
    session: Session, *, version_id: uuid.UUID | None = None, image_id: uuid.UUID | None = None
) -> Sequence[tuple[uuid.UUID | None, uuid.UUID | None, list[Any]]]:
    query = (
        select(Lookup.agency_id, Lookup.office_id, Disclosure.shown)
        .join(Lookup, Disclosure.lookup_id == Lookup.id)
        .where(or_(Disclosure.version_id == version_id, Disclosure.image_id == image_id))
    )
    return session.execute(query).all()


def _post(session: Session, edition: Edition, change: Change, told: _Told, *, at: datetime) -> bool:
    subject = change.base_version_id or change.base_image_id
    return post_notice(
        session,
        kind="shown_since_changed",
        details={
            "edition": edition.number,
            "subject": change.subject,
            "version": str(change.base_version_id or ""),
            "image": str(change.base_image_id or ""),
            "fields": sorted(told.fields),
            "retired": change.new_version_id is None and change.new_image_id is None,
        },
        unique_key=f"shown/{edition.number}/{subject}/{told.agency_id or told.office_id}",
        office_id=told.office_id,
        agency_id=told.agency_id,
        request_id=edition.request_id,
        at=at,
    )
