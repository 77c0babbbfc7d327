"""Step 1 of disclosure: the look is on record before a byte is read."""

import uuid
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from access.audit.operations.record_event import record_event
from access.http.problems import Forbidden, NotFound
from access.principal import Principal
from index_service.agencies.queries import is_in_force, scope_of_agreement
from index_service.agencies.tables import Agreement
from index_service.lookups.receipts import new_receipt
from index_service.lookups.tables import CaseFolder, Lookup
from index_service.search.scope import Scope, scope_of_office


def record_lookup(
    session: Session,
    *,
    actor: Principal,
    case_folder_id: uuid.UUID,
    kind: str,
    query: dict[str, Any],
    edition: int,
    at: datetime,
    among: tuple[str, ...] | None = None,
) -> tuple[Lookup, Scope] | Forbidden | NotFound:
    """Write the look, and return it with the scope it may see, or the refusal to answer with.

    A refused look is written too, and so is the event of one under a case that is not the actor's; the
    caller commits before raising the refusal. `among` are the fields that the question names.
    """
    folder = _own_folder(session, actor, case_folder_id)
    if folder is None:
        return _refuse_foreign_case(session, actor, case_folder_id, at)
    scope = _scope(session, actor, folder, at)
    if isinstance(scope, Scope) and scope.lacks(among):
        scope = _field_not_granted(scope.lacks(among))
    lookup = Lookup(
        case_folder_id=folder.id,
        account_id=actor.account_id,
        agency_id=folder.agency_id,
        office_id=folder.office_id,
        kind=kind,
        query=query,
        edition=edition,
        outcome="refused" if isinstance(scope, Forbidden) else "asked",
        receipt=new_receipt(),
        asked_at=at,
        answered_at=at if isinstance(scope, Forbidden) else None,
    )
    session.add(lookup)
    session.flush()
    record_event(
        session,
        actor=actor,
        action=f"lookup.{lookup.outcome}",
        subject_kind="lookup",
        subject_id=str(lookup.id),
        facts={"case_folder": str(folder.id), "kind": kind, "edition": edition},
        personal={f"query_{key}": str(value) for key, value in query.items()},
        at=at,
    )
    return scope if isinstance(scope, Forbidden) else (lookup, scope)


def _own_folder(session: Session, actor: Principal, case_folder_id: uuid.UUID) -> CaseFolder | None:
    folder = session.get(CaseFolder, case_folder_id)
    own = folder is not None and (
        folder.agency_id == actor.agency_id
        if actor.agency_id
        else folder.agency_id is None and folder.office_id == actor.office_id
    )
    return folder if own else None


def _refuse_foreign_case(
    session: Session, actor: Principal, case_folder_id: uuid.UUID, at: datetime
) -> NotFound:
    record_event(
        session,
        actor=actor,
        action="lookup.refused",
        subject_kind="case_folder",
        subject_id=str(case_folder_id),
        facts={"reason": "no_case"},
        at=at,
    )
    return NotFound(
        "no_case", "查無此案件；請先開立案件。", "There is no such case of yours: open a case first."
    )


def _field_not_granted(keys: list[str]) -> Forbidden:
    return Forbidden(
        "fields_not_granted",
        "查詢條件含有未獲授權的欄位。",
        "The question names fields that are not granted to you.",
        fields=keys,
    )


def _scope(session: Session, actor: Principal, folder: CaseFolder, at: datetime) -> Scope | Forbidden:
    if folder.closed_at is not None:
        return Forbidden(
            "case_closed", "此案件已結案，請另開案件。", "This case is closed: open another one."
        )
    if folder.agreement_id is None:
        assert actor.office_id is not None
        return scope_of_office(actor.office_id)
    agreement = session.get_one(Agreement, folder.agreement_id)
    if not is_in_force(agreement, at):
        return Forbidden(
            "agreement_over",
            "連結協議已到期或終止，無法查詢。",
            "The agreement has expired or ended: no look is possible.",
        )
    return scope_of_agreement(session, agreement)
