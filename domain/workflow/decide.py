"""Whether an action may be taken, and where it leads."""

from collections.abc import Iterable, Iterator

from domain.roles import Role
from domain.workflow.facts import Facts
from domain.workflow.labels import Label, label_of
from domain.workflow.outcome import Reason, Refusal, Transition
from domain.workflow.reasons import reason
from domain.workflow.states import FINAL_STATES, Action, State, clock_in
from domain.workflow.table import TABLE, Row

_NOT_YET = Label("尚未立案", "Not yet opened")


def decide(state: State | None, action: Action, facts: Facts) -> Transition | Refusal:
    """The transition the action makes from that state (None: no request yet), or every reason against it."""
    row = TABLE[action]
    reasons = (
        *_wrong_state(row, state),
        *_wrong_role(row, facts.actor_roles),
        *(found for guard in (*row.standing, *row.guards) for found in guard(facts)),
    )
    if reasons:
        return Refusal(tuple(dict.fromkeys(reasons)))
    to_state = _destination(row, state, facts)
    return Transition(
        action=action,
        from_state=state,
        to_state=to_state,
        clock=clock_in(to_state),
        voids_confirmation=row.voids_confirmation,
        resets_opened=row.resets_opened,
        closes_staged_work=to_state in FINAL_STATES and to_state is not State.PUBLISHED,
        tells_office=row.tells_office,
    )


def actions_open_to(state: State | None, facts: Facts) -> tuple[Action, ...]:
    """The actions a screen offers this actor: state, role and standing fit; forms may still need filling."""
    return tuple(
        row.action
        for row in TABLE.values()
        if state in row.from_states
        and row.roles & facts.actor_roles
        and not any(True for guard in row.standing for _ in guard(facts))
    )


def _destination(row: Row, state: State | None, facts: Facts) -> State:
    others = facts.outstanding_office_ids - {facts.actor_office_id}
    if row.action is Action.CONFIRM and others:
        return State.AWAITING_CONFIRMATION
    to_state = row.to_state or state
    if to_state is None:
        raise AssertionError(f"the table lets {row.action} start from nothing and lead nowhere")
    return to_state


def _wrong_state(row: Row, state: State | None) -> Iterator[Reason]:
    if state not in row.from_states:
        now, action = _state_label(state), label_of(row.action)
        allowed = [_state_label(one) for one in row.from_states]
        yield reason(
            "not_in_state",
            state=now.zh,
            state_en=now.en,
            action=action.zh,
            action_en=action.en,
            **_listed(allowed),
        )


def _wrong_role(row: Row, roles: frozenset[Role]) -> Iterator[Reason]:
    if not row.roles & roles:
        action = label_of(row.action)
        allowed = [label_of(role) for role in sorted(row.roles)]
        yield reason("role_not_entitled", action=action.zh, action_en=action.en, **_listed(allowed))


def _state_label(state: State | None) -> Label:
    return _NOT_YET if state is None else label_of(state)


def _listed(labels: Iterable[Label]) -> dict[str, str]:
    listed = list(labels)
    return {
        "allowed": "、".join(one.zh for one in listed),
        "allowed_en": ", ".join(one.en for one in listed),
    }
