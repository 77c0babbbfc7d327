"""Publish a change set as one numbered edition, whole or not at all."""

import uuid
from datetime import datetime

from sqlalchemy.orm import Session

from access.http.problems import Conflict
from index_service.changesets.operations.put_change import require_open
from index_service.changesets.operations.validate_change_set import validate_change_set
from index_service.changesets.queries import changes_of
from index_service.changesets.tables import ChangeSet
from index_service.editions.operations.lock_head import lock_head
from index_service.editions.operations.move_spans import close_spans, open_spans
from index_service.editions.tables import Edition
from index_service.search.operations.index_versions import index_versions
from storage.database.locking import lock_row

# A statement of PostgreSQL binds at most 65,535 values.
_AT_ONCE = 1000


def publish_edition(
    session: Session, *, change_set_id: uuid.UUID, published_by: uuid.UUID, at: datetime
) -> Edition:
    """Number the next edition and move what the change set moves, in the caller's transaction.

    Called by the request's `publish` alone, which has judged who may. Bases are compared under the head's
    lock, so that nothing can move between the check and the commit.

    Raises:
        Conflict: the change set is not open, or no longer valid; `defects` lists why.
    """
    _index(session, change_set_id)
    head = lock_head(session)
    change_set = lock_row(session, ChangeSet, change_set_id)
    require_open(change_set)
    _require_valid(session, change_set)
    head.number += 1
    change_set.state = "published"
    edition = Edition(
        number=head.number,
        change_set_id=change_set.id,
        request_id=change_set.request_id,
        office_id=change_set.office_id,
        published_by=published_by,
        published_at=at,
        reverses=change_set.reverses_edition,
    )
    session.add(edition)
    session.flush()
    changes = changes_of(session, change_set.id)
    close_spans(session, changes, number=edition.number)
    open_spans(session, changes, number=edition.number)
    return edition


def _index(session: Session, change_set_id: uuid.UUID) -> None:
    """Make the staged versions findable; done before the head is locked, since it takes longest."""
    staged = [one.new_version_id for one in changes_of(session, change_set_id) if one.new_version_id]
    for start in range(0, len(staged), _AT_ONCE):
        index_versions(session, version_ids=staged[start : start + _AT_ONCE])


def _require_valid(session: Session, change_set: ChangeSet) -> None:
    defects = validate_change_set(session, change_set)
    if defects:
        raise Conflict(
            "change_set_invalid",
            "維護批次目前不能公布：" + "".join(dict.fromkeys(defect.zh for defect in defects)),
            "The change set cannot be published: " + " ".join(dict.fromkeys(defect.en for defect in defects)),
            defects=[
                {"code": one.code, "subject": one.subject, "zh": one.zh, "en": one.en} for one in defects
            ],
        )
