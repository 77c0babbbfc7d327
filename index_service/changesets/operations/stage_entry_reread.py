"""Stage what a new reading says of a published entry, where no person stands behind what was read before."""

import uuid
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from access.principal import SYSTEM
from index_service.changesets.operations.compare_reading import giving_way
from index_service.changesets.operations.proposals import Proposal
from index_service.changesets.operations.put_change import put_change, require_open
from index_service.changesets.subjects import entry_subject
from index_service.changesets.tables import Change, ChangeSet
from index_service.entries.field_values import Fields
from index_service.entries.operations.add_version import add_version
from index_service.entries.tables import EntryVersion
from storage.catalogue.tables import Page


def stage_entry_reread(
    session: Session,
    *,
    change_set: ChangeSet,
    version: EntryVersion,
    proposal: Proposal,
    known_fields: Sequence[str],
    item_id: uuid.UUID,
    at: datetime,
) -> Change | None:
    """Stage a version with the values that give way to the new reading; None if none does.

    A value that a person typed, loaded or confirmed stays word for word, as does one that is read no more.

    Raises:
        Conflict: the change set is not open.
        Invalid: see `add_version`.
    """
    require_open(change_set)
    fresh = giving_way(version, proposal, known_fields)
    if not fresh:
        return None
    page = session.get_one(Page, version.page_id)
    written = add_version(
        session,
        entry_id=version.entry_id,
        page=page,
        image_id=version.image_id,
        fields=laid_over(version.fields, fresh),
        region=version.region,
        ordinal=version.ordinal,
        at=at,
    )
    return put_change(
        session,
        change_set=change_set,
        subject=entry_subject(version.entry_id),
        action="entry_updated",
        page=page,
        entry_id=version.entry_id,
        base_version_id=version.id,
        new_version_id=written.id,
        least_confidence=written.least_confidence,
        actor=SYSTEM,
        at=at,
        item_id=item_id,
    )


def laid_over(standing: Mapping[str, Any], fresh: Mapping[str, Any]) -> Fields:
    """Return the new values laid over the old; what stood there stays in sight as an alternative."""
    merged: Fields = {key: dict(value) for key, value in standing.items()}
    for key, value in fresh.items():
        before = merged.get(key)
        others = [one for one in value["alternatives"] if before is None or one["text"] != before["text"]]
        kept = [] if before is None or not before["text"] else [_alternative(before)]
        merged[key] = {**value, "alternatives": [*kept, *others]}
    return merged


def _alternative(value: Mapping[str, Any]) -> dict[str, Any]:
    return {"text": value["text"], "confidence": value["confidence"]}
