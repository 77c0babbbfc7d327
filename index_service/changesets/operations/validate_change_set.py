"""Say everything that keeps a change set from being delivered or published."""

import uuid

from sqlalchemy import select
from sqlalchemy.orm import Session

from index_service.changesets.queries import changes_of
from index_service.changesets.standing import Place, moved_bases, read_staged_versions, read_standing
from index_service.changesets.tables import Change, ChangeSet
from index_service.changesets.validation import Defect, defects_in
from index_service.editions.spans import stands_now
from index_service.editions.tables import PublishedPlace


def validate_change_set(session: Session, change_set: ChangeSet) -> list[Defect]:
    """Return every defect: emptiness, moved bases, regions on images that will not stand, places taken."""
    session.flush()
    return defects_in(
        changes_of(session, change_set.id),
        read_standing(session, change_set.id),
        read_staged_versions(session, change_set.id),
        _places_taken(session, change_set.id),
    )


def bases_stand(session: Session, change_set: ChangeSet) -> bool:
    """Tell whether every change still starts from what stands published."""
    session.flush()
    return not moved_bases(changes_of(session, change_set.id), read_standing(session, change_set.id))


def _places_taken(session: Session, change_set_id: uuid.UUID) -> set[Place]:
    own = select(Change).where(Change.change_set_id == change_set_id, Change.action.like("page%")).subquery()
    query = (
        select(PublishedPlace.volume_id, PublishedPlace.sequence)
        .join(
            own,
            (own.c.new_volume_id == PublishedPlace.volume_id)
            & (own.c.new_sequence == PublishedPlace.sequence),
        )
        .where(stands_now(PublishedPlace), PublishedPlace.page_id.not_in(select(own.c.page_id)))
    )
    return {(row.volume_id, row.sequence) for row in session.execute(query)}
