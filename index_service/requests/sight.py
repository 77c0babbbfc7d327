"""Which requests a party may know of."""

from sqlalchemy import ColumnElement, false, or_, select, true
from sqlalchemy.orm import aliased

from access.principal import Principal
from index_service.changesets.tables import Change, ChangeSet
from index_service.requests.tables import Request


def in_sight(actor: Principal) -> ColumnElement[bool]:
    """Tell which requests a party sees: an office its own, those it was merged into, those on its pages."""
    if actor.sees_every_office:
        return true()
    if actor.office_id is None:
        return false()
    merged = aliased(Request)
    survivors = select(merged.survivor_id).where(merged.office_id == actor.office_id)
    kept = (
        select(ChangeSet.request_id)
        .join(Change, Change.change_set_id == ChangeSet.id)
        .where(Change.office_id == actor.office_id)
    )
    return or_(
        Request.office_id == actor.office_id,
        Request.id.in_(kept),
        Request.id.in_(survivors),
        # A part split off a survivor is confirmed by the same offices (`confirming_offices`).
        Request.parent_id.in_(survivors),
    )
