"""Remind an office that neither confirms nor disputes, and tell the ministry: silence never confirms."""

import uuid
from datetime import datetime

from sqlalchemy.orm import Session

from domain.workflow import State
from index_service.notices.operations.post_notice import post_notice
from index_service.requests.due_dates import due_after
from index_service.requests.queries import confirmed_offices, confirming_offices
from index_service.requests.rules import DEFAULT_RULES, RequestRules
from index_service.requests.tables import Request
from storage.database.locking import lock_row
from storage.database.outbox.post import post

SILENCE = "request.silence"


def watch_silence(
    session: Session, request: Request, *, reminder: int, at: datetime, rules: RequestRules
) -> None:
    """Put down when to look whether this delivery is still unanswered."""
    post(
        session,
        SILENCE,
        {"request_id": str(request.id), "delivery": request.delivery, "reminder": reminder},
        due_at=due_after(at, rules.remind_after, rules.holidays),
        unique_key=f"silence/{request.id}/{request.delivery}/{reminder}",
    )


def escalate_silence(
    session: Session,
    *,
    request_id: uuid.UUID,
    delivery: int,
    reminder: int,
    at: datetime,
    rules: RequestRules = DEFAULT_RULES,
) -> bool:
    """Remind the offices that have not answered a delivery, tell the ministry, and look again later.

    Returns whether anybody was reminded; a delivery answered or recalled meanwhile ends the watch.

    Raises:
        RowMissing: there is no such request.
    """
    request = lock_row(session, Request, request_id)
    if request.state != State.AWAITING_CONFIRMATION or request.delivery != delivery:
        return False
    silent = confirming_offices(session, request) - confirmed_offices(session, request)
    for office_id in (*sorted(silent), None):
        post_notice(
            session,
            kind="request.unanswered",
            details={"number": request.number, "delivery": delivery, "reminder": reminder},
            unique_key=f"silence/{request.id}/{delivery}/{reminder}/{office_id or 'ministry'}",
            office_id=office_id,
            request_id=request.id,
            at=at,
        )
    watch_silence(session, request, reminder=reminder + 1, at=at, rules=rules)
    return True
