"""Add a linked agency."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from access.audit.operations.record_event import record_event
from access.http.problems import Conflict
from access.principal import Principal
from storage.organisations.tables import Agency


def add_agency(session: Session, *, actor: Principal, code: str, name: str, at: datetime) -> Agency:
    """Add an agency under its code; it may look nothing up before an agreement is approved.

    Raises:
        Conflict: the code is taken.
    """
    if session.scalar(select(Agency.id).filter_by(code=code)) is not None:
        raise Conflict("agency_exists", f"機關代碼 {code} 已存在。", f"There is an agency {code} already.")
    agency = Agency(code=code, name=name)
    session.add(agency)
    session.flush()
    record_event(
        session,
        actor=actor,
        action="agency.added",
        subject_kind="agency",
        subject_id=str(agency.id),
        facts={"code": code},
        at=at,
    )
    return agency
