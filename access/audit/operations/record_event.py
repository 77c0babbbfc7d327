"""Record that somebody did something; unchained, so that no lock stands in anybody's way."""

import secrets
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from access.audit.chain import commitment
from access.audit.tables import AuditEvent, AuditSecret
from access.principal import Principal


def record_event(
    session: Session,
    *,
    actor: Principal,
    action: str,
    subject_kind: str,
    subject_id: str,
    facts: Mapping[str, Any],
    at: datetime,
    personal: Mapping[str, str] | None = None,
) -> AuditEvent:
    """Add an event to the caller's transaction.

    `facts` holds identifiers and counts only. Each value of `personal` is replaced by a salted
    commitment in what is hashed; value and salt go to AuditSecret, which may be destroyed.
    """
    secret = {field: (secrets.token_hex(16), value) for field, value in (personal or {}).items()}
    event = AuditEvent(
        occurred_at=at,
        actor_kind=actor.kind,
        actor_id=actor.account_id or actor.station_id,
        organisation_id=actor.organisation_id,
        action=action,
        subject_kind=subject_kind,
        subject_id=subject_id,
        facts={**facts, **{field: commitment(salt, value) for field, (salt, value) in secret.items()}},
    )
    session.add(event)
    session.flush()
    session.add_all(
        AuditSecret(event_id=event.id, field=field, salt=salt, value=value)
        for field, (salt, value) in secret.items()
    )
    return event
