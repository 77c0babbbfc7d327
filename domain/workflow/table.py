"""The transition table: each action, from where to where, by whom, under which guards.

Source: the maintenance procedure (台內戶字第09400726572號, 2005-03-25), steps 1–4, and the design's states.
`draft` and `split` bring requests into being that the procedure takes for granted.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from domain.roles import MINISTRY_ROLES, OFFICE_ROLES, Role
from domain.workflow import guards_standing as who
from domain.workflow import guards_work as work
from domain.workflow.facts import Facts
from domain.workflow.outcome import Reason
from domain.workflow.states import Action, State

Guard = Callable[[Facts], Iterable[Reason]]


@dataclass(frozen=True, slots=True)
class Row:
    """One action. `to_state` is None where the request stays in the state it is in."""

    action: Action
    from_states: tuple[State | None, ...]
    to_state: State | None
    roles: frozenset[Role]
    standing: tuple[Guard, ...] = ()
    guards: tuple[Guard, ...] = ()
    voids_confirmation: bool = False
    resets_opened: bool = False
    tells_office: bool = False


_OPERATOR = frozenset({Role.OPERATOR})
_PUBLISHER = frozenset({Role.PUBLISHER})
_STATION = frozenset({Role.STATION})

_ROWS = (
    Row(
        Action.DRAFT,
        (None,),
        State.DRAFT,
        OFFICE_ROLES,
        (who.known_actor, who.own_office),
        (work.not_a_first_load,),
    ),
    Row(
        Action.OPEN,
        (None,),
        State.ACCEPTED,
        MINISTRY_ROLES | {Role.SYSTEM},
        (who.opens_what_it_may,),
        (work.office_named, work.one_request_a_batch),
        tells_office=True,
    ),
    Row(
        Action.SPLIT,
        (None,),
        State.AWAITING_CONFIRMATION,
        OFFICE_ROLES,
        (who.office_has_a_say,),
        (work.splits_off_a_part,),
    ),
    Row(
        Action.SUBMIT,
        (State.DRAFT, State.RETURNED),
        State.SUBMITTED,
        OFFICE_ROLES,
        (who.known_actor, who.own_office, who.in_submit_chain, who.approver_is_not_drafter),
        (work.form_complete,),
    ),
    Row(
        Action.WITHDRAW,
        (State.DRAFT, State.SUBMITTED, State.RETURNED),
        State.WITHDRAWN,
        OFFICE_ROLES,
        (who.own_office,),
    ),
    Row(
        Action.ACCEPT,
        (State.SUBMITTED,),
        State.ACCEPTED,
        MINISTRY_ROLES,
        guards=(work.operator_named,),
        tells_office=True,
    ),
    Row(
        Action.RETURN,
        (State.SUBMITTED, State.ACCEPTED, State.IN_MAINTENANCE),
        State.RETURNED,
        MINISTRY_ROLES,
        guards=(work.every_defect_with_reason,),
        tells_office=True,
    ),
    Row(
        Action.REJECT,
        (State.SUBMITTED, State.ACCEPTED, State.IN_MAINTENANCE),
        State.REJECTED,
        MINISTRY_ROLES,
        guards=(work.reasons_given,),
        tells_office=True,
    ),
    Row(
        Action.MERGE,
        (State.SUBMITTED, State.ACCEPTED),
        State.MERGED,
        MINISTRY_ROLES,
        guards=(work.survivor_takes_it,),
        tells_office=True,
    ),
    Row(Action.START, (State.ACCEPTED,), State.IN_MAINTENANCE, _OPERATOR, (who.assigned_operator,)),
    Row(
        Action.REASSIGN,
        (State.ACCEPTED, State.IN_MAINTENANCE),
        None,
        MINISTRY_ROLES,
        guards=(work.operator_named, work.operator_changes, work.reasons_if_taken_from_another),
    ),
    Row(
        Action.ASK,
        (State.IN_MAINTENANCE,),
        State.AWAITING_OFFICE,
        _OPERATOR,
        (who.assigned_operator,),
        tells_office=True,
    ),
    Row(Action.ANSWER, (State.AWAITING_OFFICE,), State.IN_MAINTENANCE, OFFICE_ROLES, (who.own_office,)),
    Row(
        Action.ORDER_RESCAN,
        (State.IN_MAINTENANCE,),
        State.AWAITING_RESCAN,
        _OPERATOR,
        (who.assigned_operator,),
        tells_office=True,
    ),
    Row(
        Action.RESUME,
        (State.AWAITING_RESCAN,),
        State.IN_MAINTENANCE,
        _STATION,
        guards=(work.rescans_arrived,),
    ),
    Row(
        Action.DELIVER,
        (State.IN_MAINTENANCE,),
        State.AWAITING_CONFIRMATION,
        _OPERATOR,
        (who.assigned_operator,),
        (work.change_set_stands, work.base_is_current),
        resets_opened=True,
        tells_office=True,
    ),
    Row(
        Action.RECALL,
        (State.AWAITING_CONFIRMATION,),
        State.IN_MAINTENANCE,
        _OPERATOR,
        (who.assigned_operator,),
        (work.reasons_given,),
        voids_confirmation=True,
        tells_office=True,
    ),
    Row(
        Action.CONFIRM,
        (State.AWAITING_CONFIRMATION,),
        State.CONFIRMED,
        OFFICE_ROLES,
        (who.known_actor, who.office_still_to_confirm, who.in_confirm_chain, who.confirmer_is_apart),
        (work.required_pages_opened,),
    ),
    Row(
        Action.DISPUTE,
        (State.AWAITING_CONFIRMATION,),
        State.IN_MAINTENANCE,
        OFFICE_ROLES,
        (who.office_has_a_say,),
        (work.every_item_with_reason,),
        voids_confirmation=True,
    ),
    Row(
        Action.REOPEN,
        (State.CONFIRMED,),
        State.IN_MAINTENANCE,
        _PUBLISHER,
        guards=(work.base_has_moved,),
        voids_confirmation=True,
        tells_office=True,
    ),
    Row(
        Action.PUBLISH,
        (State.CONFIRMED,),
        State.PUBLISHED,
        _PUBLISHER,
        (who.known_actor, who.publisher_is_apart),
        (work.base_is_current,),
        tells_office=True,
    ),
    Row(
        Action.CANCEL,
        (
            State.ACCEPTED,
            State.IN_MAINTENANCE,
            State.AWAITING_OFFICE,
            State.AWAITING_RESCAN,
            State.AWAITING_CONFIRMATION,
        ),
        State.CANCELLED,
        MINISTRY_ROLES,
        guards=(work.reasons_given,),
        tells_office=True,
    ),
)

TABLE = {row.action: row for row in _ROWS}
