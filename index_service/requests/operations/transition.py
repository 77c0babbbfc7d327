"""Take one step of a request: the only place where a status comes into being or changes."""

from datetime import datetime
from typing import Any

from sqlalchemy import update
from sqlalchemy.orm import Session

from access.audit.operations.record_event import record_event
from access.http.problems import Conflict
from access.principal import Principal
from domain.workflow import Action, Clock, Refusal, State, Transition, clock_in, decide
from index_service.changesets.queries import change_set_of
from index_service.requests.due_dates import due_after, working_days_passed
from index_service.requests.facts import Said, Trial, gather_facts
from index_service.requests.operations.tell_parties import tell_parties
from index_service.requests.queries import last_step
from index_service.requests.rules import DEFAULT_RULES, RequestRules
from index_service.requests.tables import Confirmation, Request, RequestHistory

_NOTHING_SAID = Said()


def transition(
    session: Session,
    request: Request,
    action: Action,
    *,
    actor: Principal,
    at: datetime,
    said: Said = _NOTHING_SAID,
    rules: RequestRules = DEFAULT_RULES,
) -> Transition:
    """Judge an action and, if nothing speaks against it, write status, history, audit event and notices.

    The request is locked by the caller (`lock_request`), or new and not yet in the session.

    Raises:
        Conflict: the workflow refuses; `reasons` lists every reason.
    """
    before = State(request.state) if request.state else None
    step = decide(before, action, gather_facts(Trial(session, request, action, actor, said, rules)))
    if isinstance(step, Refusal):
        raise _refused(step)
    request.state = step.to_state.value
    request.row_version = (request.row_version or 0) + 1
    request.delivery = (request.delivery or 0) + step.resets_opened
    _move_deadline(request, step, at=at, rules=rules)
    session.add(request)
    session.flush()
    _apply_effects(session, request, step, at=at)
    history = _write_history(session, request, step, actor=actor, at=at, reasons=_told(said))
    tell_parties(session, request, step, number=history.step, at=at)
    return step


def _refused(refusal: Refusal) -> Conflict:
    return Conflict(
        "step_refused",
        "".join(reason.zh for reason in refusal.reasons),
        " ".join(reason.en for reason in refusal.reasons),
        reasons=[{"code": one.code, "zh": one.zh, "en": one.en} for one in refusal.reasons],
    )


def _move_deadline(request: Request, step: Transition, *, at: datetime, rules: RequestRules) -> None:
    """Set the deadline on receipt, stop it while others have the request, and give back the days it stood."""
    if step.action in {Action.SUBMIT, Action.OPEN}:
        request.due_on = due_after(at, rules.working_days, rules.holidays)
        request.stood_still_since = None
        return
    ran = step.from_state is not None and clock_in(step.from_state) is Clock.RUNS
    if ran and step.clock is Clock.STANDS_STILL:
        request.stood_still_since = at
    elif step.clock is Clock.RUNS and request.stood_still_since is not None:
        stood = working_days_passed(request.stood_still_since, at, rules.holidays)
        if request.due_on is not None:
            request.due_on = due_after(request.due_on, stood, rules.holidays)
        request.stood_still_since = None


def _apply_effects(session: Session, request: Request, step: Transition, *, at: datetime) -> None:
    if step.voids_confirmation:
        session.execute(
            update(Confirmation)
            .where(Confirmation.request_id == request.id, Confirmation.voided_at.is_(None))
            .values(voided_at=at)
        )
    change_set = change_set_of(session, request.id) if step.closes_staged_work else None
    if change_set is not None:
        change_set.state = "closed"


def _write_history(
    session: Session,
    request: Request,
    step: Transition,
    *,
    actor: Principal,
    at: datetime,
    reasons: list[Any],
) -> RequestHistory:
    history = RequestHistory(
        request_id=request.id,
        office_id=request.office_id,
        step=last_step(session, request.id) + 1,
        action=step.action.value,
        from_state=step.from_state.value if step.from_state else None,
        to_state=step.to_state.value,
        actor_id=actor.account_id,
        delivery=request.delivery,
        reasons=reasons,
        at=at,
    )
    session.add(history)
    session.flush()
    record_event(
        session,
        actor=actor,
        action=f"request.{step.action.value}",
        subject_kind="request",
        subject_id=str(request.id),
        facts={"step": history.step, "from": history.from_state or "", "to": history.to_state},
        at=at,
    )
    return history


def _told(said: Said) -> list[dict[str, str]]:
    """Return the reasons given, as the history keeps them."""
    return [
        *({"text": text} for text in said.reasons),
        *({"item": str(item), "text": text} for item, text in said.item_reasons.items()),
        *({"defect": name, "text": text} for name, text in said.defects.items()),
    ]
