"""What is hashed of an audit event's row."""

from typing import Any

from access.audit.chain import moment
from access.audit.tables import AuditEvent


def canonical_event(event: AuditEvent) -> dict[str, Any]:
    """Return the members of an event that the chain commits to."""
    return {
        "id": str(event.id),
        "occurred_at": moment(event.occurred_at),
        "actor_kind": event.actor_kind,
        "actor_id": str(event.actor_id or ""),
        "organisation_id": str(event.organisation_id or ""),
        "action": event.action,
        "subject_kind": event.subject_kind,
        "subject_id": event.subject_id,
        "facts": event.facts,
    }
