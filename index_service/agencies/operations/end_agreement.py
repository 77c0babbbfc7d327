"""End an agreement before its term."""

from datetime import datetime

from sqlalchemy.orm import Session

from access.audit.operations.record_event import record_event
from access.principal import Principal
from index_service.agencies.tables import Agreement


def end_agreement(session: Session, *, actor: Principal, agreement: Agreement, at: datetime) -> None:
    """End an agreement at once; every look under it is refused from now on."""
    if agreement.ended_at is not None:
        return
    agreement.ended_at = at
    record_event(
        session,
        actor=actor,
        action="agreement.ended",
        subject_kind="agreement",
        subject_id=str(agreement.id),
        facts={"agency": str(agreement.agency_id)},
        at=at,
    )
