"""Lift a hold."""

import uuid
from datetime import datetime

from sqlalchemy.orm import Session

from access.http.problems import Conflict, Invalid
from access.principal import Principal
from index_service.editions.operations.approve_hold import lock_hold
from index_service.editions.operations.propose_hold import record_hold_event
from index_service.editions.tables import Hold


def lift_hold(session: Session, *, actor: Principal, hold_id: uuid.UUID, reason: str, at: datetime) -> Hold:
    """Show again what a hold hid, or turn down one that was only proposed.

    Raises:
        NotFound: there is no such hold in sight.
        Invalid: no reason.
        Conflict: it is lifted already.
    """
    hold = lock_hold(session, hold_id, actor=actor)
    if not reason.strip() or len(reason.strip()) > 500:
        raise Invalid(
            "reason_needed", "請填寫解除理由（500 字以內）。", "Give the reason, in at most 500 characters."
        )
    if hold.lifted_at is not None:
        raise Conflict("hold_lifted", "此案已解除。", "This hold is lifted already.")
    hold.lifted_by, hold.lifted_at, hold.lifted_reason = actor.account_id, at, reason.strip()
    session.flush()
    record_hold_event(session, hold, "hold.lift", actor=actor, at=at)
    return hold
