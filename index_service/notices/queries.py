"""Reading notices."""

import uuid
from collections.abc import Sequence

from sqlalchemy import ColumnElement, and_, false, func, select
from sqlalchemy.orm import Session

from access.principal import Principal
from domain.roles import Role
from index_service.notices.tables import Notice

_MINISTRY = frozenset({Role.MINISTRY_CLERK, Role.OPERATOR, Role.PUBLISHER})


def addressed_to(actor: Principal) -> ColumnElement[bool]:
    """Tell which notices are for this party's organisation."""
    if actor.office_id is not None:
        return Notice.office_id == actor.office_id
    if actor.agency_id is not None:
        return Notice.agency_id == actor.agency_id
    if actor.roles & _MINISTRY:
        return and_(Notice.office_id.is_(None), Notice.agency_id.is_(None))
    return false()


def list_notices(
    session: Session,
    *,
    actor: Principal,
    unread: bool = False,
    before: uuid.UUID | None = None,
    limit: int = 50,
) -> Sequence[Notice]:
    """Return the notices of the actor's organisation, newest first, older than the notice `before`."""
    query = select(Notice).where(addressed_to(actor)).order_by(Notice.id.desc()).limit(limit)
    if unread:
        query = query.where(Notice.read_at.is_(None))
    if before is not None:
        query = query.where(Notice.id < before)
    return session.scalars(query).all()


def count_unread(session: Session, *, actor: Principal) -> int:
    """Count what the actor's organisation has not read."""
    query = select(func.count()).select_from(Notice).where(addressed_to(actor), Notice.read_at.is_(None))
    return session.scalar(query) or 0
