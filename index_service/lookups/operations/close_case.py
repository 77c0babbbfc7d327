"""Close a case folder."""

from datetime import datetime

from sqlalchemy.orm import Session

from access.audit.operations.record_event import record_event
from access.principal import Principal
from index_service.lookups.tables import CaseFolder


def close_case(session: Session, *, actor: Principal, folder: CaseFolder, at: datetime) -> None:
    """Close a case: no further look is possible under it."""
    if folder.closed_at is not None:
        return
    folder.closed_at = at
    record_event(
        session,
        actor=actor,
        action="case.closed",
        subject_kind="case_folder",
        subject_id=str(folder.id),
        facts={},
        at=at,
    )
