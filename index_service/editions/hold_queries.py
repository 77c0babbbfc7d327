"""Which entries and images are held from sight, as conditions and as answers."""

import uuid
from collections.abc import Sequence

from sqlalchemy import ColumnElement, and_, exists, select
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import InstrumentedAttribute

from index_service.editions.tables import Hold

IdColumn = ColumnElement[uuid.UUID] | InstrumentedAttribute[uuid.UUID]


def in_force() -> ColumnElement[bool]:
    """Tell which holds hide something now: approved and not lifted."""
    return and_(Hold.in_force_from.is_not(None), Hold.lifted_at.is_(None))


def entry_not_held(entry_id: IdColumn) -> ColumnElement[bool]:
    """Tell which entries may be shown; a held one is shown in no edition."""
    return ~exists(select(Hold.id).where(Hold.entry_id == entry_id, in_force()))


def image_not_held(image_id: IdColumn) -> ColumnElement[bool]:
    """Tell which images may be shown; a held one hides its picture, not the entries read from it."""
    return ~exists(select(Hold.id).where(Hold.image_id == image_id, in_force()))


def is_held(
    session: Session, *, entry_id: uuid.UUID | None = None, image_id: uuid.UUID | None = None
) -> bool:
    """Tell whether this entry or this image is hidden now."""
    subject = Hold.entry_id == entry_id if entry_id is not None else Hold.image_id == image_id
    return bool(session.scalar(select(exists(select(Hold.id).where(subject, in_force())))))


def holds_in_sight(session: Session, *, office_id: uuid.UUID | None, live: bool) -> Sequence[Hold]:
    """Return holds, newest first; `office_id` None sees every office, `live` leaves out the lifted."""
    query = select(Hold).order_by(Hold.id.desc())
    if office_id is not None:
        query = query.where(Hold.office_id == office_id)
    if live:
        query = query.where(Hold.lifted_at.is_(None))
    return session.scalars(query).all()
