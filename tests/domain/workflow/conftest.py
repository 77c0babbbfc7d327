"""Facts under which nothing but the cell under test can refuse."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from domain.roles import Role
from domain.workflow import Action, ApprovalChain, Facts, Kind, State

BOTH = frozenset({Role.OFFICE_CLERK, Role.OFFICE_SUPERVISOR})

GOOD = Facts(
    kind=Kind.IMAGE_REBUILD,
    actor_roles=frozenset({Role.OFFICE_SUPERVISOR}),
    actor_id="somebody",
    actor_office_id="office",
    request_id="request",
    office_id="office",
    chain=ApprovalChain(submit_roles=BOTH, confirm_roles=BOTH),
    reasons=("because",),
    item_reasons={"item": "wrong page"},
    defects={"page": "which one?"},
    new_operator_id="new operator",
    new_operator_entitled=True,
    survivor_id="survivor",
    survivor_state=State.ACCEPTED,
    form_complete=True,
    drafter_id="drafter",
    batch_id="batch",
    assigned_operator_id="operator",
    staged_by_ids=frozenset({"operator", "former operator"}),
    uploader_ids=frozenset({"uploader"}),
    changes=1,
    base_versions_current=True,
    rescans_outstanding=0,
    confirming_office_ids=frozenset({"office"}),
    outstanding_office_ids=frozenset({"office"}),
    pages_unopened=0,
    parent_state=State.AWAITING_CONFIRMATION,
    parent_items=2,
    split_items=1,
)
BY_ACTION: dict[Action, dict[str, Any]] = {
    Action.OPEN: {"kind": Kind.FIRST_LOAD},
    Action.REOPEN: {"base_versions_current": False},
    Action.START: {"actor_id": "operator"},
    Action.ASK: {"actor_id": "operator"},
    Action.ORDER_RESCAN: {"actor_id": "operator"},
    Action.DELIVER: {"actor_id": "operator"},
    Action.RECALL: {"actor_id": "operator"},
}


@pytest.fixture(scope="session")
def facts_for() -> Callable[..., Facts]:
    """facts_for(action, role, **changes): good facts for that action, with the changes."""

    def build(action: Action, role: Role, **changes: Any) -> Facts:
        whole = {**BY_ACTION.get(action, {}), "actor_roles": frozenset({role}), **changes}
        return replace(GOOD, **whole)

    return build
