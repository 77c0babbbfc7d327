"""Add a household registration office."""

import uuid
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from access.audit.operations.record_event import record_event
from access.http.problems import Conflict
from access.principal import Principal
from storage.organisations.tables import Office


def add_office(
    session: Session,
    *,
    actor: Principal,
    code: str,
    name: str,
    at: datetime,
    local_government_id: uuid.UUID | None = None,
) -> Office:
    """Add an office under its code.

    Raises:
        Conflict: the code is taken.
    """
    if session.scalar(select(Office.id).filter_by(code=code)) is not None:
        raise Conflict("office_exists", f"機關代碼 {code} 已存在。", f"There is an office {code} already.")
    office = Office(code=code, name=name, local_government_id=local_government_id)
    session.add(office)
    session.flush()
    record_event(
        session,
        actor=actor,
        action="office.added",
        subject_kind="office",
        subject_id=str(office.id),
        facts={"code": code},
        at=at,
    )
    return office
