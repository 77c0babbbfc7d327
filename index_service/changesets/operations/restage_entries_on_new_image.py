"""Take the entries of a replaced image over to the new one, leaving every old box behind."""

import uuid
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from access.principal import Principal
from index_service.changesets.operations.proposals import Proposal, pair_by_name
from index_service.changesets.operations.put_change import put_change, require_open
from index_service.changesets.queries import standing_versions_on_image
from index_service.changesets.subjects import entry_subject
from index_service.changesets.tables import Change, ChangeSet
from index_service.entries.field_values import Fields, with_recognised, without_boxes
from index_service.entries.operations.add_version import add_version
from index_service.entries.tables import EntryVersion
from storage.catalogue.tables import Page, PageImage


def restage_entries_on_new_image(
    session: Session,
    *,
    change_set: ChangeSet,
    old_image_id: uuid.UUID,
    new_image: PageImage | None,
    actor: Principal,
    at: datetime,
    proposals: Sequence[Proposal] = (),
    item_id: uuid.UUID | None = None,
) -> list[Change]:
    """Stage a version on the new image (None: on no image) for every entry drawn on the old one.

    No region or box is carried over. Where recognition read the same name on the new image, its region is
    taken, and each box whose text is the same; published texts stay word for word, as do texts that a person
    typed or confirmed. Only staged, never published readings give way to the new ones.

    Raises:
        Conflict: the change set is not open.
    """
    require_open(change_set)
    staged = _staged_on(session, change_set, old_image_id)
    named = set(session.scalars(select(Change.entry_id).where(Change.change_set_id == change_set.id)))
    published = [v for v in standing_versions_on_image(session, old_image_id) if v.entry_id not in named]
    versions = [*published, *(version for _, version in staged)]
    pairs = pair_by_name([version.fields for version in versions], proposals)
    unpublished = {version.id for change, version in staged if change.base_version_id is None}
    changes = {version.id: change for change, version in staged}
    return [
        _restage(
            session,
            change_set,
            version,
            pairs.get(index),
            new_image,
            actor=actor,
            at=at,
            texts=version.id in unpublished,
            item_id=item_id,
            before=changes.get(version.id),
        )
        for index, version in enumerate(versions)
    ]


def _restage(
    session: Session,
    change_set: ChangeSet,
    version: EntryVersion,
    proposal: Proposal | None,
    new_image: PageImage | None,
    *,
    actor: Principal,
    at: datetime,
    texts: bool,
    item_id: uuid.UUID | None,
    before: Change | None,
) -> Change:
    page = session.get_one(Page, new_image.page_id if new_image else version.page_id)
    moved = add_version(
        session,
        entry_id=version.entry_id,
        page=page,
        image_id=new_image.id if new_image else None,
        fields=_fields_on(version.fields, proposal, texts=texts),
        region=proposal.region if proposal else None,
        ordinal=version.ordinal,
        created_by=actor.account_id,
        at=at,
    )
    return put_change(
        session,
        change_set=change_set,
        subject=entry_subject(version.entry_id),
        action=before.action if before else "entry_updated",
        page=page,
        entry_id=version.entry_id,
        base_version_id=before.base_version_id if before else version.id,
        new_version_id=moved.id,
        least_confidence=moved.least_confidence,
        actor=actor,
        at=at,
        item_id=item_id,
    )


def _fields_on(fields: Mapping[str, Mapping[str, Any]], proposal: Proposal | None, *, texts: bool) -> Fields:
    freed = without_boxes(fields)
    return freed if proposal is None else with_recognised(freed, proposal.fields, texts=texts)


def _staged_on(
    session: Session, change_set: ChangeSet, image_id: uuid.UUID
) -> list[tuple[Change, EntryVersion]]:
    query = (
        select(Change, EntryVersion)
        .join(EntryVersion, Change.new_version_id == EntryVersion.id)
        .where(Change.change_set_id == change_set.id, EntryVersion.image_id == image_id)
        .order_by(EntryVersion.ordinal, EntryVersion.id)
    )
    return list(session.execute(query))
