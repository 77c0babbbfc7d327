"""Stage all the entries that recognition proposes on a page, in three statements whatever their number."""

import uuid
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from access.principal import Principal
from index_service.changesets.operations.proposals import Proposal
from index_service.changesets.operations.put_change import require_open
from index_service.changesets.subjects import entry_subject
from index_service.changesets.tables import Change, ChangeSet
from index_service.entries.operations.write_version import check_fields, check_region
from index_service.entries.tables import Entry, EntryVersion
from storage.catalogue.tables import Page
from storage.database.identity import new_id


def stage_entries_created(
    session: Session,
    *,
    change_set: ChangeSet,
    page: Page,
    series_key: str,
    image_id: uuid.UUID | None,
    proposals: Sequence[Proposal],
    actor: Principal,
    at: datetime,
    item_id: uuid.UUID | None = None,
) -> list[Change]:
    """Create one entry a proposal, each with its version 1, and stage them all.

    Raises:
        Conflict: the change set is not open.
        Invalid: values out of shape or not of the series, or boxes without the image they were drawn on.
    """
    require_open(change_set)
    for proposal in proposals:
        check_fields(series_key, proposal.fields)
        check_region(session, page, image_id, proposal.region, proposal.fields)
    entries = [
        Entry(id=new_id(), office_id=page.office_id, series_key=series_key, created_at=at) for _ in proposals
    ]
    versions = [
        _version(entry, page, image_id, proposal, actor, at)
        for entry, proposal in zip(entries, proposals, strict=True)
    ]
    changes = [_change(change_set, version, page, item_id, actor, at) for version in versions]
    for rows in (entries, versions, changes):
        session.add_all(rows)
        session.flush()
    return changes


def _version(
    entry: Entry,
    page: Page,
    image_id: uuid.UUID | None,
    proposal: Proposal,
    actor: Principal,
    at: datetime,
) -> EntryVersion:
    return EntryVersion(
        id=new_id(),
        entry_id=entry.id,
        office_id=page.office_id,
        number=1,
        page_id=page.id,
        image_id=image_id,
        ordinal=proposal.ordinal,
        region=proposal.region,
        fields=proposal.fields,
        least_confidence=proposal.doubt,
        created_by=actor.account_id,
        created_at=at,
    )


def _change(
    change_set: ChangeSet,
    version: EntryVersion,
    page: Page,
    item_id: uuid.UUID | None,
    actor: Principal,
    at: datetime,
) -> Change:
    return Change(
        change_set_id=change_set.id,
        office_id=page.office_id,
        item_id=item_id,
        subject=entry_subject(version.entry_id),
        action="entry_created",
        page_id=page.id,
        entry_id=version.entry_id,
        new_version_id=version.id,
        least_confidence=version.least_confidence,
        staged_by=actor.account_id,
        created_at=at,
    )
