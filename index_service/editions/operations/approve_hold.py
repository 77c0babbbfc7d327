"""Put a hold into force."""

import uuid
from datetime import datetime

from sqlalchemy.orm import Session

from access.http.problems import Conflict, NotFound
from access.principal import Principal
from index_service.editions.operations.call_for_review import HOLD_REVIEW
from index_service.editions.operations.propose_hold import record_hold_event
from index_service.editions.tables import Hold
from storage.database.locking import RowMissing, lock_row
from storage.database.outbox.post import post


def approve_hold(session: Session, *, actor: Principal, hold_id: uuid.UUID, at: datetime) -> Hold:
    """Approve a hold as the second person: from the commit on, its subject is hidden in every edition.

    Raises:
        NotFound: there is no such hold in sight.
        Conflict: the same person proposed it, or it is in force or lifted already.
    """
    hold = lock_hold(session, hold_id, actor=actor)
    if hold.proposed_by == actor.account_id:
        raise Conflict(
            "hold_needs_two_people",
            "提案人不得自行核准，須由另一人核准。",
            "Who proposed a hold cannot approve it: a second person has to.",
        )
    if hold.in_force_from is not None or hold.lifted_at is not None:
        raise Conflict(
            "hold_already_judged", "此案已核准或已解除。", "This hold is in force or lifted already."
        )
    hold.approved_by = actor.account_id
    hold.in_force_from = at
    session.flush()
    record_hold_event(session, hold, "hold.approve", actor=actor, at=at)
    payload = {"hold_id": str(hold.id)}
    post(session, HOLD_REVIEW, payload, due_at=hold.review_by, unique_key=f"{HOLD_REVIEW}/{hold.id}")
    return hold


def lock_hold(session: Session, hold_id: uuid.UUID, *, actor: Principal) -> Hold:
    """Return a hold in the actor's sight, locked.

    Raises:
        NotFound: there is none.
    """
    try:
        hold = lock_row(session, Hold, hold_id)
    except RowMissing:
        hold = None
    if hold is None or not (actor.sees_every_office or actor.office_id == hold.office_id):
        raise NotFound("hold_unknown", "查無此案。", "There is no such hold.")
    return hold
