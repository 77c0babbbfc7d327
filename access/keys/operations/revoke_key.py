"""Revoke an API key."""

from datetime import datetime

from sqlalchemy.orm import Session

from access.audit.operations.record_event import record_event
from access.keys.tables import ApiKey
from access.principal import Principal


def revoke_key(session: Session, *, actor: Principal, key: ApiKey, at: datetime) -> None:
    """Revoke a key at once; revoking it again changes nothing."""
    if key.revoked_at is not None:
        return
    key.revoked_at = at
    record_event(
        session,
        actor=actor,
        action="key.revoked",
        subject_kind="api_key",
        subject_id=str(key.id),
        facts={"station": str(key.station_id or ""), "agency": str(key.agency_id or "")},
        at=at,
    )
