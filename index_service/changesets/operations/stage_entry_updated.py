"""Stage a new version of a published entry."""

import uuid
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from access.http.problems import Conflict
from access.principal import Principal
from index_service.changesets.operations.put_change import put_change, require_open
from index_service.changesets.queries import standing_version_id
from index_service.changesets.subjects import entry_subject
from index_service.changesets.tables import Change, ChangeSet
from index_service.entries.operations.add_version import add_version
from index_service.entries.operations.edit_fields import edit_fields
from index_service.entries.tables import EntryVersion
from storage.catalogue.tables import Page


def stage_entry_updated(
    session: Session,
    *,
    change_set: ChangeSet,
    entry_id: uuid.UUID,
    texts: Mapping[str, str],
    actor: Principal,
    at: datetime,
    item_id: uuid.UUID | None = None,
    region: list[Any] | None = None,
    boxes: Mapping[str, list[Any] | None] | None = None,
) -> Change:
    """Stage the published version of an entry with texts put right; `region` and `boxes` redraw it.

    Raises:
        Conflict: nothing of the entry stands published, or the change set is not open.
        Invalid: see `add_version`.
    """
    require_open(change_set)
    base = standing_version(session, entry_id)
    page = session.get_one(Page, base.page_id)
    version = add_version(
        session,
        entry_id=entry_id,
        page=page,
        image_id=base.image_id,
        fields=edit_fields(session, entry_id, base.fields, texts, actor=actor, boxes=boxes),
        region=region if region is not None else base.region,
        ordinal=base.ordinal,
        created_by=actor.account_id,
        at=at,
    )
    return put_change(
        session,
        change_set=change_set,
        subject=entry_subject(entry_id),
        action="entry_updated",
        page=page,
        entry_id=entry_id,
        base_version_id=base.id,
        new_version_id=version.id,
        least_confidence=version.least_confidence,
        reviewed_by=actor.account_id,
        actor=actor,
        at=at,
        item_id=item_id,
    )


def standing_version(session: Session, entry_id: uuid.UUID) -> EntryVersion:
    """Return the version of an entry that stands published.

    Raises:
        Conflict: none does.
    """
    version_id = standing_version_id(session, entry_id)
    if version_id is None:
        raise Conflict(
            "entry_not_published",
            "此索引目前未公布，無從更正；尚未公布者請直接修改維護批次中的內容。",
            "Nothing of this entry stands published: edit what is staged instead.",
        )
    return session.get_one(EntryVersion, version_id)
