"""Every guard both ways: one changed fact turns the transition into a refusal with that one reason."""

from collections.abc import Callable
from typing import Any

import pytest

from domain.roles import Role
from domain.workflow import Action, ApprovalChain, Facts, Kind, Refusal, State, Transition, decide

CLERK, SUPERVISOR = Role.OFFICE_CLERK, Role.OFFICE_SUPERVISOR
MINISTRY, OPERATOR, PUBLISHER = Role.MINISTRY_CLERK, Role.OPERATOR, Role.PUBLISHER

# state, action, role, the fact that breaks it, the reason that must come, alone
BROKEN: list[tuple[State | None, Action, Role, dict[str, Any], str]] = [
    (None, Action.DRAFT, CLERK, {"actor_id": None}, "actor_unknown"),
    (None, Action.DRAFT, CLERK, {"actor_office_id": "other"}, "not_your_office"),
    (None, Action.DRAFT, CLERK, {"office_id": None}, "no_office"),
    (None, Action.DRAFT, CLERK, {"kind": Kind.FIRST_LOAD}, "first_load_not_drafted"),
    (None, Action.OPEN, Role.SYSTEM, {"kind": Kind.IMAGE_REBUILD}, "opens_first_load_only"),
    (None, Action.OPEN, Role.SYSTEM, {"office_id": None}, "no_office"),
    (None, Action.OPEN, Role.SYSTEM, {"batch_id": None}, "no_batch"),
    (None, Action.OPEN, MINISTRY, {"batch_already_opened": True}, "batch_already_opened"),
    (None, Action.SPLIT, CLERK, {"actor_office_id": "other"}, "office_has_no_say"),
    (None, Action.SPLIT, CLERK, {"parent_state": State.CONFIRMED}, "parent_not_awaiting_confirmation"),
    (None, Action.SPLIT, CLERK, {"split_items": 0}, "split_not_partial"),
    (None, Action.SPLIT, CLERK, {"split_items": 2}, "split_not_partial"),
    (State.DRAFT, Action.SUBMIT, CLERK, {"actor_id": None}, "actor_unknown"),
    (State.DRAFT, Action.SUBMIT, CLERK, {"actor_office_id": "other"}, "not_your_office"),
    (State.DRAFT, Action.SUBMIT, CLERK, {"form_complete": False}, "form_incomplete"),
    (State.DRAFT, Action.SUBMIT, CLERK, {"form_missing": ("頁次",)}, "form_incomplete"),
    (State.DRAFT, Action.SUBMIT, CLERK, {"chain": ApprovalChain()}, "not_in_submit_chain"),
    (State.RETURNED, Action.SUBMIT, SUPERVISOR, {"drafter_id": "somebody"}, "approver_is_drafter"),
    (State.SUBMITTED, Action.WITHDRAW, CLERK, {"actor_office_id": None}, "not_your_office"),
    (State.SUBMITTED, Action.ACCEPT, MINISTRY, {"new_operator_id": None}, "no_operator_named"),
    (State.SUBMITTED, Action.ACCEPT, MINISTRY, {"new_operator_entitled": False}, "operator_not_entitled"),
    (State.ACCEPTED, Action.RETURN, MINISTRY, {"defects": {}}, "no_defects"),
    (State.ACCEPTED, Action.RETURN, MINISTRY, {"defects": {"a": "x", "b": " "}}, "defect_without_reason"),
    (State.ACCEPTED, Action.REJECT, MINISTRY, {"reasons": ()}, "no_reasons"),
    (State.ACCEPTED, Action.REJECT, MINISTRY, {"reasons": (" ",)}, "no_reasons"),
    (State.ACCEPTED, Action.MERGE, MINISTRY, {"survivor_id": None}, "no_survivor"),
    (State.ACCEPTED, Action.MERGE, MINISTRY, {"survivor_id": "request"}, "survivor_is_itself"),
    (State.ACCEPTED, Action.MERGE, MINISTRY, {"survivor_state": State.CONFIRMED}, "survivor_not_open"),
    (State.ACCEPTED, Action.MERGE, MINISTRY, {"survivor_state": None}, "survivor_not_open"),
    (State.ACCEPTED, Action.START, OPERATOR, {"actor_id": "another"}, "not_assigned_operator"),
    (State.ACCEPTED, Action.START, OPERATOR, {"assigned_operator_id": None}, "not_assigned_operator"),
    (State.ACCEPTED, Action.REASSIGN, MINISTRY, {"reasons": ()}, "no_reasons"),
    (State.ACCEPTED, Action.REASSIGN, MINISTRY, {"new_operator_id": "operator"}, "same_operator"),
    (State.ACCEPTED, Action.REASSIGN, MINISTRY, {"new_operator_id": None}, "no_operator_named"),
    (State.ACCEPTED, Action.REASSIGN, MINISTRY, {"new_operator_entitled": False}, "operator_not_entitled"),
    (State.IN_MAINTENANCE, Action.ASK, OPERATOR, {"actor_id": "another"}, "not_assigned_operator"),
    (State.AWAITING_OFFICE, Action.ANSWER, CLERK, {"actor_office_id": "other"}, "not_your_office"),
    (State.IN_MAINTENANCE, Action.ORDER_RESCAN, OPERATOR, {"actor_id": None}, "not_assigned_operator"),
    (State.AWAITING_RESCAN, Action.RESUME, Role.STATION, {"rescans_outstanding": 1}, "rescans_outstanding"),
    (
        State.AWAITING_RESCAN,
        Action.RESUME,
        Role.STATION,
        {"rescans_outstanding": None},
        "rescans_outstanding",
    ),
    (State.IN_MAINTENANCE, Action.DELIVER, OPERATOR, {"actor_id": "another"}, "not_assigned_operator"),
    (State.IN_MAINTENANCE, Action.DELIVER, OPERATOR, {"changes": 0}, "change_set_empty"),
    (State.IN_MAINTENANCE, Action.DELIVER, OPERATOR, {"validity_defects": ("x",)}, "change_set_invalid"),
    (State.IN_MAINTENANCE, Action.DELIVER, OPERATOR, {"base_versions_current": False}, "base_version_moved"),
    (State.IN_MAINTENANCE, Action.DELIVER, OPERATOR, {"base_versions_current": None}, "base_version_moved"),
    (State.AWAITING_CONFIRMATION, Action.RECALL, OPERATOR, {"reasons": ()}, "no_reasons"),
    (State.AWAITING_CONFIRMATION, Action.RECALL, OPERATOR, {"actor_id": "another"}, "not_assigned_operator"),
    (State.AWAITING_CONFIRMATION, Action.CONFIRM, CLERK, {"actor_id": None}, "actor_unknown"),
    (
        State.AWAITING_CONFIRMATION,
        Action.CONFIRM,
        CLERK,
        {"actor_office_id": "other"},
        "office_not_confirming",
    ),
    (
        State.AWAITING_CONFIRMATION,
        Action.CONFIRM,
        CLERK,
        {"outstanding_office_ids": frozenset()},
        "office_not_confirming",
    ),
    (State.AWAITING_CONFIRMATION, Action.CONFIRM, CLERK, {"chain": ApprovalChain()}, "not_in_confirm_chain"),
    (State.AWAITING_CONFIRMATION, Action.CONFIRM, CLERK, {"actor_id": "operator"}, "confirmer_is_operator"),
    (
        State.AWAITING_CONFIRMATION,
        Action.CONFIRM,
        CLERK,
        {"actor_id": "former operator"},
        "confirmer_is_operator",
    ),
    (State.AWAITING_CONFIRMATION, Action.CONFIRM, CLERK, {"actor_id": "uploader"}, "confirmer_is_uploader"),
    (State.AWAITING_CONFIRMATION, Action.CONFIRM, CLERK, {"pages_unopened": 3}, "pages_unopened"),
    (State.AWAITING_CONFIRMATION, Action.CONFIRM, CLERK, {"pages_unopened": None}, "pages_not_counted"),
    (State.AWAITING_CONFIRMATION, Action.CONFIRM, CLERK, {"sample_failed": True}, "sample_failed"),
    (State.AWAITING_CONFIRMATION, Action.DISPUTE, CLERK, {"item_reasons": {}}, "no_disputed_items"),
    (State.AWAITING_CONFIRMATION, Action.DISPUTE, CLERK, {"item_reasons": {"a": ""}}, "item_without_reason"),
    (State.AWAITING_CONFIRMATION, Action.DISPUTE, CLERK, {"actor_office_id": "other"}, "office_has_no_say"),
    (State.CONFIRMED, Action.REOPEN, PUBLISHER, {"base_versions_current": True}, "base_version_not_moved"),
    (State.CONFIRMED, Action.REOPEN, PUBLISHER, {"base_versions_current": None}, "base_version_not_moved"),
    (State.CONFIRMED, Action.PUBLISH, PUBLISHER, {"base_versions_current": False}, "base_version_moved"),
    (State.CONFIRMED, Action.PUBLISH, PUBLISHER, {"actor_id": "operator"}, "publisher_is_operator"),
    (State.CONFIRMED, Action.PUBLISH, PUBLISHER, {"actor_id": "former operator"}, "publisher_is_operator"),
    (State.CONFIRMED, Action.PUBLISH, PUBLISHER, {"actor_id": None}, "actor_unknown"),
    (State.AWAITING_RESCAN, Action.CANCEL, MINISTRY, {"reasons": ()}, "no_reasons"),
]


@pytest.mark.parametrize(("state", "action", "role", "change", "code"), BROKEN)
def test_one_wrong_fact_refuses_with_its_reason(
    state: State | None,
    action: Action,
    role: Role,
    change: dict[str, Any],
    code: str,
    facts_for: Callable[..., Facts],
) -> None:
    assert isinstance(decide(state, action, facts_for(action, role)), Transition)
    decision = decide(state, action, facts_for(action, role, **change))
    assert isinstance(decision, Refusal)
    assert decision.codes == (code,)
    assert all(reason.zh and reason.en and "{" not in reason.zh + reason.en for reason in decision.reasons)


# state, action, role, the setting or fact that lets it pass all the same
LEAVE: list[tuple[State | None, Action, Role, dict[str, Any]]] = [
    (None, Action.OPEN, MINISTRY, {"kind": Kind.INDEX_CORRECTION, "batch_id": None}),
    (State.DRAFT, Action.SUBMIT, SUPERVISOR, {"chain": ApprovalChain()}),
    (
        State.DRAFT,
        Action.SUBMIT,
        SUPERVISOR,
        {"chain": ApprovalChain(approver_must_differ=False), "drafter_id": "somebody"},
    ),
    (State.ACCEPTED, Action.REASSIGN, MINISTRY, {"assigned_operator_id": None, "reasons": ()}),
    (State.ACCEPTED, Action.MERGE, MINISTRY, {"survivor_state": State.AWAITING_CONFIRMATION}),
    (
        State.AWAITING_CONFIRMATION,
        Action.CONFIRM,
        CLERK,
        {"sample_failed": True, "whole_volume_required": True},
    ),
    (State.CONFIRMED, Action.PUBLISH, PUBLISHER, {"actor_id": "operator", "publisher_may_operate": True}),
]


@pytest.mark.parametrize(("state", "action", "role", "change"), LEAVE)
def test_settings_give_leave(
    state: State | None,
    action: Action,
    role: Role,
    change: dict[str, Any],
    facts_for: Callable[..., Facts],
) -> None:
    assert isinstance(decide(state, action, facts_for(action, role, **change)), Transition)


def test_a_chain_cannot_let_the_ministry_confirm(facts_for: Callable[..., Facts]) -> None:
    chain = ApprovalChain(confirm_roles=frozenset({Role.MINISTRY_CLERK}))
    decision = decide(
        State.AWAITING_CONFIRMATION,
        Action.CONFIRM,
        facts_for(Action.CONFIRM, Role.MINISTRY_CLERK, chain=chain),
    )
    assert isinstance(decision, Refusal)
    assert set(decision.codes) == {"role_not_entitled", "not_in_confirm_chain"}
