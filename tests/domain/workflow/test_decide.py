"""What decisions carry, and what holds of all of them."""

from collections.abc import Callable
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.roles import Role
from domain.workflow import (
    FINAL_STATES,
    Action,
    ApprovalChain,
    Clock,
    Facts,
    Kind,
    Refusal,
    State,
    Transition,
    actions_open_to,
    decide,
    label_of,
    load_fault_codes,
)

people = st.sampled_from(["a", "b", "c"])
offices = st.sampled_from(["office", "other", "third"])
words = st.sampled_from(["", " ", "because"])
any_facts = st.builds(
    Facts,
    kind=st.sampled_from(Kind),
    actor_roles=st.frozensets(st.sampled_from(Role), max_size=3),
    actor_id=st.none() | people,
    actor_office_id=st.none() | offices,
    office_id=st.none() | offices,
    request_id=st.just("r"),
    chain=st.builds(
        ApprovalChain,
        approver_must_differ=st.booleans(),
        submit_roles=st.frozensets(st.sampled_from(Role), max_size=3),
        confirm_roles=st.frozensets(st.sampled_from(Role), max_size=3),
    ),
    reasons=st.lists(words, max_size=2).map(tuple),
    item_reasons=st.dictionaries(people, words, max_size=2),
    defects=st.dictionaries(people, words, max_size=2),
    new_operator_id=st.none() | people,
    new_operator_entitled=st.booleans(),
    survivor_id=st.none() | st.sampled_from(["r", "s"]),
    survivor_state=st.none() | st.sampled_from(State),
    form_complete=st.booleans(),
    drafter_id=st.none() | people,
    batch_id=st.none() | st.just("batch"),
    batch_already_opened=st.booleans(),
    assigned_operator_id=st.none() | people,
    staged_by_ids=st.frozensets(people),
    uploader_ids=st.frozensets(people),
    changes=st.integers(0, 2),
    base_versions_current=st.none() | st.booleans(),
    rescans_outstanding=st.none() | st.integers(0, 2),
    confirming_office_ids=st.frozensets(offices),
    outstanding_office_ids=st.frozensets(offices),
    pages_unopened=st.none() | st.integers(0, 2),
    sample_failed=st.booleans(),
    whole_volume_required=st.booleans(),
    parent_state=st.none() | st.sampled_from(State),
    parent_items=st.integers(0, 3),
    split_items=st.integers(0, 3),
    publisher_may_operate=st.booleans(),
)
any_state = st.none() | st.sampled_from(State)


@given(any_state, st.sampled_from(Action), any_facts)
def test_a_refusal_is_never_empty_and_repeats_nothing(
    state: State | None, action: Action, facts: Facts
) -> None:
    decision = decide(state, action, facts)
    if isinstance(decision, Refusal):
        assert decision.reasons
        assert len(set(decision.reasons)) == len(decision.reasons)
    else:
        assert (decision.action, decision.from_state) == (action, state)


@given(st.sampled_from(sorted(FINAL_STATES)), st.sampled_from(Action), any_facts)
def test_final_states_admit_no_action(state: State, action: Action, facts: Facts) -> None:
    assert isinstance(decide(state, action, facts), Refusal)
    assert actions_open_to(state, facts) == ()


@given(any_state, st.sampled_from(Action), any_facts)
def test_what_may_be_done_is_offered(state: State | None, action: Action, facts: Facts) -> None:
    if isinstance(decide(state, action, facts), Transition):
        assert action in actions_open_to(state, facts)


@given(any_facts)
def test_only_a_person_apart_from_the_work_confirms(facts: Facts) -> None:
    decision = decide(State.AWAITING_CONFIRMATION, Action.CONFIRM, facts)
    if isinstance(decision, Transition):
        assert facts.actor_id is not None
        assert facts.actor_id not in facts.staged_by_ids | facts.uploader_ids | {facts.assigned_operator_id}
        assert facts.pages_unopened == 0


@given(any_facts)
def test_only_confirmed_work_on_current_versions_is_published(facts: Facts) -> None:
    for state in State:
        decision = decide(state, Action.PUBLISH, facts)
        if isinstance(decision, Transition):
            assert state is State.CONFIRMED
            assert facts.base_versions_current


def test_every_reason_comes_at_once() -> None:
    facts = Facts(kind=Kind.IMAGE_REBUILD, actor_roles=frozenset())
    decision = decide(State.DRAFT, Action.CONFIRM, facts)
    assert isinstance(decision, Refusal)
    assert decision.codes == (
        "not_in_state",
        "role_not_entitled",
        "actor_unknown",
        "office_not_confirming",
        "not_in_confirm_chain",
        "pages_not_counted",
    )


def test_the_last_of_several_offices_completes_the_confirmation(facts_for: Callable[..., Facts]) -> None:
    first = facts_for(
        Action.CONFIRM,
        Role.OFFICE_CLERK,
        outstanding_office_ids=frozenset({"office", "keeper"}),
        confirming_office_ids=frozenset({"office", "keeper"}),
    )
    decision = decide(State.AWAITING_CONFIRMATION, Action.CONFIRM, first)
    assert isinstance(decision, Transition)
    assert decision.to_state is State.AWAITING_CONFIRMATION
    last = facts_for(
        Action.CONFIRM,
        Role.OFFICE_CLERK,
        actor_office_id="keeper",
        outstanding_office_ids=frozenset({"keeper"}),
    )
    decision = decide(State.AWAITING_CONFIRMATION, Action.CONFIRM, last)
    assert isinstance(decision, Transition)
    assert decision.to_state is State.CONFIRMED


@pytest.mark.parametrize(
    ("state", "action", "role", "clock"),
    [
        (State.IN_MAINTENANCE, Action.ASK, Role.OPERATOR, Clock.STANDS_STILL),
        (State.AWAITING_OFFICE, Action.ANSWER, Role.OFFICE_CLERK, Clock.RUNS),
        (State.IN_MAINTENANCE, Action.ORDER_RESCAN, Role.OPERATOR, Clock.STANDS_STILL),
        (State.AWAITING_RESCAN, Action.RESUME, Role.STATION, Clock.RUNS),
        (State.DRAFT, Action.SUBMIT, Role.OFFICE_CLERK, Clock.RUNS),
        (State.IN_MAINTENANCE, Action.DELIVER, Role.OPERATOR, Clock.RUNS),
        (State.CONFIRMED, Action.PUBLISH, Role.PUBLISHER, Clock.STANDS_STILL),
    ],
)
def test_the_deadline(
    state: State,
    action: Action,
    role: Role,
    clock: Clock,
    facts_for: Callable[..., Facts],
) -> None:
    decision = decide(state, action, facts_for(action, role))
    assert isinstance(decision, Transition)
    assert decision.clock is clock


def test_effects(facts_for: Callable[..., Facts]) -> None:
    def effects(state: State, action: Action, role: Role) -> tuple[bool, ...]:
        decision = decide(state, action, facts_for(action, role))
        assert isinstance(decision, Transition)
        return (
            decision.voids_confirmation,
            decision.resets_opened,
            decision.closes_staged_work,
            decision.tells_office,
        )

    assert effects(State.CONFIRMED, Action.REOPEN, Role.PUBLISHER) == (True, False, False, True)
    assert effects(State.IN_MAINTENANCE, Action.DELIVER, Role.OPERATOR) == (False, True, False, True)
    assert effects(State.IN_MAINTENANCE, Action.CANCEL, Role.MINISTRY_CLERK) == (False, False, True, True)
    assert effects(State.AWAITING_CONFIRMATION, Action.DISPUTE, Role.OFFICE_CLERK) == (
        True,
        False,
        False,
        False,
    )
    assert effects(State.CONFIRMED, Action.PUBLISH, Role.PUBLISHER) == (False, False, False, True)


def test_an_action_is_offered_before_its_form_is_filled(facts_for: Callable[..., Facts]) -> None:
    facts = facts_for(Action.REJECT, Role.MINISTRY_CLERK, reasons=(), defects={}, survivor_id=None)
    assert actions_open_to(State.ACCEPTED, facts) == (
        Action.RETURN,
        Action.REJECT,
        Action.MERGE,
        Action.REASSIGN,
        Action.CANCEL,
    )


def test_ids_of_several_types_are_refused() -> None:
    with pytest.raises(TypeError, match="UUID, str"):
        Facts(kind=Kind.IMAGE_REBUILD, actor_roles=frozenset(), actor_id="1", drafter_id=UUID(int=1))


def test_everything_has_a_name_on_screen() -> None:
    for thing in (*State, *Action, *Kind, *Role):
        label = label_of(thing)
        assert label.zh
        assert label.en
    assert label_of(State.PUBLISHED).zh == "已更新提供查詢"


def test_fault_codes_are_unique_and_mended_by_some_request() -> None:
    faults = load_fault_codes()
    assert len({fault.code for fault in faults}) == len(faults) == 19
    assert {fault.family for fault in faults} == {"image", "index", "paper"}
    assert all(fault.kinds and Kind.FIRST_LOAD not in fault.kinds for fault in faults)
