"""Correct a staged entry: the operator's word over what was read."""

import uuid
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from access.http.problems import Conflict, Stale
from access.principal import Principal
from index_service.changesets.operations.require_editable import find_editable_change
from index_service.changesets.tables import Change
from index_service.entries.field_values import Fields
from index_service.entries.operations.add_version import add_version
from index_service.entries.operations.edit_fields import edit_fields
from index_service.entries.tables import EntryVersion
from storage.catalogue.tables import Page


def edit_proposal(
    session: Session,
    *,
    actor: Principal,
    change_id: uuid.UUID,
    row_version: int,
    texts: Mapping[str, str],
    at: datetime,
    region: list[Any] | None = None,
    boxes: Mapping[str, list[Any] | None] | None = None,
) -> Change:
    """Put texts, and a redrawn region or field boxes, into a staged entry as a new immutable version.

    `row_version` is the one the operator saw.

    Raises:
        Stale: somebody changed it meanwhile; what was typed goes back in the problem document.
        Conflict: the change is of no entry's values, or may not be worked on now.
        Invalid: see `add_version`.
    """
    _, change = find_editable_change(session, change_id, actor=actor)
    require_unmoved(change, row_version, texts=dict(texts), region=region, boxes=dict(boxes or {}))
    staged = staged_version(session, change)
    fields = edit_fields(session, staged.entry_id, staged.fields, texts, actor=actor, boxes=boxes)
    return restage_version(session, change, fields, actor=actor, at=at, region=region)


def staged_version(session: Session, change: Change) -> EntryVersion:
    """Return the version that a change would publish.

    Raises:
        Conflict: it publishes none.
    """
    if change.new_version_id is None:
        raise Conflict(
            "no_values_staged",
            "此項異動沒有索引內容可修改。",
            "This change stages no entry's values, so there are none to edit.",
        )
    return session.get_one(EntryVersion, change.new_version_id)


def require_unmoved(change: Change, row_version: int, **kept: object) -> None:
    """Refuse an edit that does not start from what stands staged now.

    Raises:
        Stale: with what was typed in `kept`.
    """
    if change.row_version != row_version:
        raise Stale(
            "stale",
            "此筆資料已由他人更新，您的內容未覆蓋任何資料，請比對後再送出。",
            "Somebody else changed this meanwhile. Nothing was overwritten: compare and send again.",
            current=f'"{change.row_version}"',
            kept=kept,
        )


def restage_version(
    session: Session,
    change: Change,
    fields: Fields,
    *,
    actor: Principal,
    at: datetime,
    region: list[Any] | None = None,
) -> Change:
    """Write the next version of a staged entry and point its change at it."""
    staged = staged_version(session, change)
    version = add_version(
        session,
        entry_id=staged.entry_id,
        page=session.get_one(Page, staged.page_id),
        image_id=staged.image_id,
        fields=fields,
        region=region if region is not None else staged.region,
        ordinal=staged.ordinal,
        created_by=actor.account_id,
        at=at,
    )
    change.new_version_id = version.id
    change.least_confidence = version.least_confidence
    change.reviewed_by = change.staged_by = actor.account_id
    change.row_version += 1
    session.flush()
    return change
