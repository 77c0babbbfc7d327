"""Changes with the versions they stage, as screens and the API list them."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from index_service.changesets.queries import list_changes
from index_service.changesets.tables import Change
from index_service.entries.tables import EntryVersion


@dataclass(frozen=True, slots=True)
class StagedEntry:
    """A change and the version it would publish, if it would publish one."""

    change: Change
    version: EntryVersion | None


def with_version(session: Session, change: Change) -> StagedEntry:
    """Return a change with its staged version."""
    version = session.get(EntryVersion, change.new_version_id) if change.new_version_id else None
    return StagedEntry(change, version)


def list_staged(
    session: Session,
    change_set_id: uuid.UUID,
    *,
    after: tuple[float, uuid.UUID] | None = None,
    page_id: uuid.UUID | None = None,
    limit: int = 50,
) -> list[StagedEntry]:
    """Return a stretch of a set's changes with their versions, least certain first."""
    changes = list_changes(session, change_set_id, after=after, page_id=page_id, limit=limit)
    versions = _versions(session, changes)
    return [StagedEntry(one, versions.get(one.new_version_id)) for one in changes]


def _versions(session: Session, changes: Sequence[Change]) -> dict[uuid.UUID | None, EntryVersion]:
    wanted = [one.new_version_id for one in changes if one.new_version_id is not None]
    return {row.id: row for row in session.scalars(select(EntryVersion).where(EntryVersion.id.in_(wanted)))}
