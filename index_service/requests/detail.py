"""A request as one person sees it: with its items, and what that person may do next."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from access.http.problems import NotFound
from access.principal import Principal
from domain.workflow import Action, State, actions_open_to
from index_service.changesets.queries import change_set_of
from index_service.requests.facts import Said, Trial, gather_facts
from index_service.requests.queries import confirmed_offices, confirming_offices, find_request, items_of
from index_service.requests.rules import DEFAULT_RULES, RequestRules
from index_service.requests.tables import Request, RequestItem


@dataclass(frozen=True, slots=True)
class Detail:
    """What a screen needs of a request."""

    request: Request
    items: Sequence[RequestItem]
    change_set_id: uuid.UUID | None
    actions: tuple[Action, ...]
    offices_to_confirm: frozenset[uuid.UUID]
    offices_confirmed: frozenset[uuid.UUID]


def see_request(session: Session, request_id: uuid.UUID, *, actor: Principal) -> Request:
    """Return a request in the actor's sight.

    Raises:
        NotFound: there is none.
    """
    request = find_request(session, request_id, actor=actor)
    if request is None:
        raise NotFound("request_unknown", "查無此申請案。", "There is no such request.")
    return request


def describe_request(
    session: Session, request_id: uuid.UUID, *, actor: Principal, rules: RequestRules = DEFAULT_RULES
) -> Detail:
    """Return a request in the actor's sight with everything around it.

    Raises:
        NotFound: there is none.
    """
    request = see_request(session, request_id, actor=actor)
    change_set = change_set_of(session, request.id)
    return Detail(
        request=request,
        items=items_of(session, request.id),
        change_set_id=change_set.id if change_set else None,
        actions=actions_for(session, request, actor=actor, rules=rules),
        offices_to_confirm=confirming_offices(session, request),
        offices_confirmed=confirmed_offices(session, request),
    )


def actions_for(
    session: Session, request: Request, *, actor: Principal, rules: RequestRules = DEFAULT_RULES
) -> tuple[Action, ...]:
    """Return the actions a screen offers this person; what he then types is judged when he sends it."""
    # Any action without facts of its own gathers what all standing guards ask for.
    trial = Trial(session, request, Action.WITHDRAW, actor, Said(), rules)
    return actions_open_to(State(request.state), gather_facts(trial))
