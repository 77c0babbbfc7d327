"""Every state × action × role cell, against expectations written apart from the code's table."""

from collections.abc import Callable
from itertools import product
from pathlib import Path

import pytest

from domain.roles import Role
from domain.workflow import Action, Facts, Refusal, State, Transition, actions_open_to, decide

STATES: tuple[State | None, ...] = (None, *State)


def read_tables() -> list[dict[str, dict[str, str]]]:
    """The markdown tables of the expectations, each as row → column → cell."""
    tables: list[dict[str, dict[str, str]]] = []
    header: list[str] = []
    text = Path(__file__).with_name("expected_matrix.md").read_text("utf-8")
    for line in text.splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if not line.startswith("|"):
            header = []
        elif not header:
            header = cells
            tables.append({})
        elif not line.startswith("|---"):
            tables[-1][cells[0]] = dict(zip(header[1:], cells[1:], strict=True))
    return tables


MOVES, WHO = read_tables()


def test_the_expectations_name_every_state_action_and_role() -> None:
    assert set(MOVES) == {"none", *State}
    assert set(WHO) == set(Action)
    assert all(set(row) == set(Action) for row in MOVES.values())
    assert all(set(row) == set(Role) for row in WHO.values())


@pytest.mark.parametrize("action", Action)
def test_every_cell(action: Action, facts_for: Callable[..., Facts]) -> None:
    for state, role in product(STATES, Role):
        expected = MOVES[state or "none"][action]
        entitled = WHO[action][role] == "x"
        facts = facts_for(action, role)
        decision = decide(state, action, facts)
        cell = f"{state} × {action} × {role}: {decision}"
        assert (action in actions_open_to(state, facts)) is (expected != "." and entitled), cell
        if expected != "." and entitled:
            assert isinstance(decision, Transition), cell
            assert (decision.from_state, decision.to_state) == (state, State(expected)), cell
        else:
            assert isinstance(decision, Refusal), cell
            assert ("not_in_state" in decision.codes) is (expected == "."), cell
            assert ("role_not_entitled" in decision.codes) is (not entitled), cell


@pytest.mark.parametrize(
    "role", [Role.AGENCY_USER, Role.AGENCY_MANAGER, Role.AUDITOR, Role.ADMIN, Role.LOCAL_GOVERNMENT]
)
def test_who_only_watches_moves_nothing(role: Role, facts_for: Callable[..., Facts]) -> None:
    assert not any(
        isinstance(decide(state, action, facts_for(action, role)), Transition)
        for state, action in product(STATES, Action)
    )
