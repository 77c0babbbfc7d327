"""Gather what the workflow's guards need to know, in the transaction that will write the step."""

import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from access.accounts.tables import Account, AccountRole
from access.principal import Principal
from domain.roles import Role
from domain.workflow import Action, ApprovalChain, Facts, Kind, State
from index_service.changesets.operations.validate_change_set import bases_stand, validate_change_set
from index_service.changesets.queries import change_set_of, changes_of
from index_service.requests.form import missing_in
from index_service.requests.pages_required import pages_unopened
from index_service.requests.queries import (
    confirmed_offices,
    confirming_offices,
    items_of,
    rescans_outstanding,
    stagers_of,
    uploaders_of,
)
from index_service.requests.rules import RequestRules
from index_service.requests.tables import Request
from storage.organisations.tables import Office


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What the actor says with the action."""

    reasons: tuple[str, ...] = ()
    item_reasons: Mapping[uuid.UUID, str] = field(default_factory=dict)
    defects: Mapping[str, str] = field(default_factory=dict)
    operator_id: uuid.UUID | None = None
    survivor_id: uuid.UUID | None = None
    batch_already_opened: bool = False
    parent_items: int = 0
    split_items: int = 0


@dataclass(frozen=True, slots=True)
class Trial:
    """An action about to be judged."""

    session: Session
    request: Request
    action: Action
    actor: Principal
    said: Said
    rules: RequestRules


def gather_facts(trial: Trial) -> Facts:
    """Return the facts of a trial: those every guard may ask for, and those its action needs."""
    request, said, session = trial.request, trial.said, trial.session
    confirming = confirming_offices(session, request)
    by_action = _GATHERERS.get(trial.action, _nothing)
    facts: dict[str, Any] = {
        "kind": Kind(request.kind),
        "actor_roles": trial.actor.roles,
        "actor_id": trial.actor.account_id,
        "actor_office_id": trial.actor.office_id,
        "request_id": request.id,
        "office_id": request.office_id,
        "chain": _chain(session, trial.actor),
        "reasons": said.reasons,
        "item_reasons": said.item_reasons,
        "defects": said.defects,
        "drafter_id": request.drafted_by,
        "batch_id": request.batch_id,
        "batch_already_opened": said.batch_already_opened,
        "assigned_operator_id": request.operator_id,
        "staged_by_ids": stagers_of(session, request.id),
        "uploader_ids": uploaders_of(session, request.id),
        "confirming_office_ids": confirming,
        "outstanding_office_ids": confirming - confirmed_offices(session, request),
        "sample_failed": request.whole_volume_required,
        "whole_volume_required": request.whole_volume_required,
        "publisher_may_operate": trial.rules.publisher_may_operate,
    }
    return Facts(**(facts | by_action(trial)))


def _chain(session: Session, actor: Principal) -> ApprovalChain:
    office = session.get(Office, actor.office_id) if actor.office_id else None
    return ApprovalChain(approver_must_differ=office is None or office.approver_must_differ)


def _nothing(_: Trial) -> dict[str, Any]:
    return {}


def _form(trial: Trial) -> dict[str, Any]:
    missing = missing_in(trial.request, items_of(trial.session, trial.request.id))
    return {"form_complete": not missing, "form_missing": missing}


def _operator(trial: Trial) -> dict[str, Any]:
    named = trial.said.operator_id
    query = (
        select(AccountRole.account_id)
        .join(Account, Account.id == AccountRole.account_id)
        .where(AccountRole.account_id == named, AccountRole.role == Role.OPERATOR.value)
        .where(Account.disabled_at.is_(None))
    )
    return {"new_operator_id": named, "new_operator_entitled": trial.session.scalar(query) is not None}


def _survivor(trial: Trial) -> dict[str, Any]:
    named = trial.said.survivor_id
    survivor = trial.session.get(Request, named) if named else None
    return {"survivor_id": named, "survivor_state": State(survivor.state) if survivor else None}


def _delivery(trial: Trial) -> dict[str, Any]:
    change_set = change_set_of(trial.session, trial.request.id)
    if change_set is None:
        return {"changes": 0, "base_versions_current": True}
    defects = [one for one in validate_change_set(trial.session, change_set) if one.code != "empty"]
    texts = dict.fromkeys(f"{one.zh} {one.en}" for one in defects if one.code != "base_moved")
    return {
        "changes": len(changes_of(trial.session, change_set.id)),
        "validity_defects": tuple(texts),
        "base_versions_current": all(one.code != "base_moved" for one in defects),
    }


def _bases(trial: Trial) -> dict[str, Any]:
    change_set = change_set_of(trial.session, trial.request.id)
    return {"base_versions_current": None if change_set is None else bases_stand(trial.session, change_set)}


def _rescans(trial: Trial) -> dict[str, Any]:
    return {"rescans_outstanding": len(rescans_outstanding(trial.session, trial.request.id))}


def _openings(trial: Trial) -> dict[str, Any]:
    unopened = pages_unopened(trial.session, trial.request, actor=trial.actor, rules=trial.rules)
    return {"pages_unopened": len(unopened)}


def _split(trial: Trial) -> dict[str, Any]:
    parent = trial.session.get_one(Request, trial.request.parent_id)
    return {
        "parent_state": State(parent.state),
        "parent_items": trial.said.parent_items,
        "split_items": trial.said.split_items,
        "confirming_office_ids": confirming_offices(trial.session, parent),
    }


_GATHERERS: Mapping[Action, Callable[[Trial], dict[str, Any]]] = {
    Action.SUBMIT: _form,
    Action.ACCEPT: _operator,
    Action.REASSIGN: _operator,
    Action.MERGE: _survivor,
    Action.DELIVER: _delivery,
    Action.PUBLISH: _bases,
    Action.REOPEN: _bases,
    Action.RESUME: _rescans,
    Action.CONFIRM: _openings,
    Action.SPLIT: _split,
}
