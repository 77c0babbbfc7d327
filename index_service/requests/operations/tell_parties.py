"""Tell the offices and the ministry of a step."""

from datetime import datetime

from sqlalchemy.orm import Session

from domain.workflow import Action, State, Transition
from index_service.notices.operations.post_notice import post_notice
from index_service.requests.queries import confirming_offices
from index_service.requests.tables import Request

_MINISTRY_HEARS = frozenset(
    {
        Action.OPEN,
        Action.SUBMIT,
        Action.WITHDRAW,
        Action.ANSWER,
        Action.RESUME,
        Action.DISPUTE,
        Action.SPLIT,
    }
)


def tell_parties(session: Session, request: Request, step: Transition, *, number: int, at: datetime) -> None:
    """Post a notice to every office that has a say, and to the ministry, where the step is theirs to know."""
    details = {"number": request.number, "from": step.from_state, "to": step.to_state}
    key = f"request/{request.id}/{number}"
    if step.tells_office:
        for office_id in sorted(confirming_offices(session, request)):
            post_notice(
                session,
                kind=f"request.{step.action.value}",
                details=details,
                unique_key=f"{key}/{office_id}",
                office_id=office_id,
                request_id=request.id,
                at=at,
            )
    if step.action in _MINISTRY_HEARS or step.to_state is State.CONFIRMED:
        post_notice(
            session,
            kind=f"request.{step.action.value}",
            details=details,
            unique_key=f"{key}/ministry",
            request_id=request.id,
            at=at,
        )
