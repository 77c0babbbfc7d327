"""Issue an API key; it is shown once."""

import uuid
from datetime import datetime

from sqlalchemy.orm import Session

from access.audit.operations.record_event import record_event
from access.keys.tables import ApiKey
from access.principal import Principal
from access.sessions.tokens import hash_token, new_token


def issue_key(
    session: Session,
    *,
    actor: Principal,
    at: datetime,
    station_id: uuid.UUID | None = None,
    agency_id: uuid.UUID | None = None,
    account_id: uuid.UUID | None = None,
    label: str = "",
) -> tuple[ApiKey, str]:
    """Issue a key to a station, or to an agency in the name of one of its accounts.

    Returns the row and the key itself, which is kept nowhere.
    """
    key = f"huji_{new_token()}"
    row = ApiKey(
        key_sha256=hash_token(key),
        hint=key[-4:],
        label=label,
        station_id=station_id,
        agency_id=agency_id,
        account_id=account_id,
        created_at=at,
    )
    session.add(row)
    session.flush()
    record_event(
        session,
        actor=actor,
        action="key.issued",
        subject_kind="api_key",
        subject_id=str(row.id),
        facts={"station": str(station_id or ""), "agency": str(agency_id or "")},
        at=at,
    )
    return row, key
