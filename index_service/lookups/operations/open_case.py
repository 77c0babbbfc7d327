"""Open a case folder: why somebody is about to look."""

import uuid
from datetime import datetime

from sqlalchemy.orm import Session

from access.audit.operations.record_event import record_event
from access.http.problems import Forbidden, Invalid
from access.principal import Principal
from index_service.agencies.queries import agreements_in_force
from index_service.agencies.tables import Agreement
from index_service.lookups.tables import CaseFolder


def open_case(
    session: Session,
    *,
    actor: Principal,
    purpose: str,
    case_number: str,
    at: datetime,
    agreement_id: uuid.UUID | None = None,
    legal_basis: str = "",
) -> CaseFolder:
    """Open a case for the actor's organisation; an agency's rests on an agreement in force.

    Raises:
        Invalid: purpose, case number or (for an office) legal basis is missing, or the purpose is not agreed.
        Forbidden: the agency has no such agreement in force, or the actor acts for no organisation.
    """
    if actor.agency_id is None and actor.office_id is None:
        raise Forbidden(
            "no_organisation",
            "您不屬於任何戶所或連結機關，無法開立案件。",
            "You act for no office or agency: you cannot open a case.",
        )
    agreement = _agreement(session, actor, agreement_id, purpose.strip(), at) if actor.agency_id else None
    basis = agreement.legal_basis if agreement else legal_basis
    _check(purpose, case_number, basis, agreement)
    folder = CaseFolder(
        agency_id=actor.agency_id,
        office_id=None if actor.agency_id else actor.office_id,
        agreement_id=agreement.id if agreement else None,
        purpose=purpose.strip(),
        case_number=case_number.strip(),
        legal_basis=basis,
        opened_by=actor.account_id,
        opened_at=at,
    )
    session.add(folder)
    session.flush()
    record_event(
        session,
        actor=actor,
        action="case.opened",
        subject_kind="case_folder",
        subject_id=str(folder.id),
        facts={"agreement": str(folder.agreement_id or "")},
        personal={"case_number": folder.case_number, "purpose": folder.purpose},
        at=at,
    )
    return folder


def _agreement(
    session: Session, actor: Principal, wanted: uuid.UUID | None, purpose: str, at: datetime
) -> Agreement:
    assert actor.agency_id is not None
    in_force = agreements_in_force(session, agency_id=actor.agency_id, at=at)
    found = [a for a in in_force if wanted is None or a.id == wanted]
    if not found:
        raise Forbidden(
            "no_agreement",
            "貴機關目前沒有有效的連結協議，無法查詢；請向內政部申請。",
            "Your agency has no agreement in force: apply to the ministry.",
        )
    return next((one for one in found if purpose in one.purposes), found[0])


def _check(purpose: str, case_number: str, basis: str, agreement: Agreement | None) -> None:
    defects = []
    if not purpose.strip():
        defects.append({"field": "purpose", "zh": "請填寫查詢目的。", "en": "State the purpose."})
    elif agreement is not None and purpose.strip() not in agreement.purposes:
        defects.append(
            {
                "field": "purpose",
                "zh": "此目的不在協議範圍內。",
                "en": "The agreement does not name this purpose.",
            }
        )
    if not case_number.strip():
        defects.append({"field": "case_number", "zh": "請填寫案號。", "en": "State the case number."})
    if not basis.strip():
        defects.append({"field": "legal_basis", "zh": "請填寫法令依據。", "en": "State the legal basis."})
    if defects:
        raise Invalid("case_invalid", "案件資料不完整。", "The case is not complete.", defects=defects)
