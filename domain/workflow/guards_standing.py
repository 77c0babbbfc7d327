"""Guards on who acts: whether this person, of this office, may take the step at all.

Each yields the reasons against, nothing where there is none. They ask nothing of what the actor types, so
that a screen can offer an action before its form is filled.
"""

from collections.abc import Iterator

from domain.roles import OFFICE_ROLES, Role
from domain.workflow.facts import Facts
from domain.workflow.labels import label_of
from domain.workflow.outcome import Reason
from domain.workflow.reasons import reason
from domain.workflow.states import Kind


def own_office(facts: Facts) -> Iterator[Reason]:
    """Only the requesting office."""
    if facts.office_id is None:
        yield reason("no_office")
    elif facts.actor_office_id != facts.office_id:
        yield reason("not_your_office")


def known_actor(facts: Facts) -> Iterator[Reason]:
    """Somebody has to answer for the step, and separation of duties has to compare somebody."""
    if facts.actor_id is None:
        yield reason("actor_unknown")


def opens_what_it_may(facts: Facts) -> Iterator[Reason]:
    """The system opens first loads; of its own accord (依職權) only the ministry opens a request."""
    if facts.kind is not Kind.FIRST_LOAD and Role.MINISTRY_CLERK not in facts.actor_roles:
        yield reason("opens_first_load_only")


def in_submit_chain(facts: Facts) -> Iterator[Reason]:
    """The office's own rules say who submits."""
    allowed = facts.chain.submit_roles & OFFICE_ROLES
    if not facts.actor_roles & allowed:
        yield reason("not_in_submit_chain", **_named(allowed))


def in_confirm_chain(facts: Facts) -> Iterator[Reason]:
    """The office's own rules say who confirms."""
    allowed = facts.chain.confirm_roles & OFFICE_ROLES
    if not facts.actor_roles & allowed:
        yield reason("not_in_confirm_chain", **_named(allowed))


def approver_is_not_drafter(facts: Facts) -> Iterator[Reason]:
    """Two people see a form before it leaves the office, unless the office has set otherwise."""
    drafted = facts.actor_id is not None and facts.actor_id == facts.drafter_id
    if facts.chain.approver_must_differ and drafted:
        yield reason("approver_is_drafter")


def assigned_operator(facts: Facts) -> Iterator[Reason]:
    """Only the operator who has the request."""
    if facts.actor_id is None or facts.actor_id != facts.assigned_operator_id:
        yield reason("not_assigned_operator")


def office_has_a_say(facts: Facts) -> Iterator[Reason]:
    """Any office that confirms: the requester, one joined by a merge, the page's keeper (保管戶所)."""
    if facts.actor_office_id is None or facts.actor_office_id not in facts.confirming_office_ids:
        yield reason("office_has_no_say")


def office_still_to_confirm(facts: Facts) -> Iterator[Reason]:
    """An office confirms once."""
    if facts.actor_office_id is None or facts.actor_office_id not in facts.outstanding_office_ids:
        yield reason("office_not_confirming")


def confirmer_is_apart(facts: Facts) -> Iterator[Reason]:
    """Nobody confirms their own work."""
    if facts.actor_id in facts.operator_ids:
        yield reason("confirmer_is_operator")
    if facts.actor_id in facts.uploader_ids:
        yield reason("confirmer_is_uploader")


def publisher_is_apart(facts: Facts) -> Iterator[Reason]:
    """Nobody publishes their own work, unless the site has set otherwise."""
    if not facts.publisher_may_operate and facts.actor_id in facts.operator_ids:
        yield reason("publisher_is_operator")


def _named(roles: frozenset[Role]) -> dict[str, str]:
    labels = [label_of(role) for role in sorted(roles)]
    zh, en = "、".join(one.zh for one in labels), ", ".join(one.en for one in labels)
    return {"allowed": zh or "（尚未設定）", "allowed_en": en or "nobody yet; set the chain"}
