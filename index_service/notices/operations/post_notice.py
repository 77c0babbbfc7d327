"""Post a notice, once for its unique key."""

import uuid
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from index_service.notices.tables import Notice


def post_notice(
    session: Session,
    *,
    kind: str,
    details: dict[str, Any],
    unique_key: str,
    at: datetime,
    office_id: uuid.UUID | None = None,
    agency_id: uuid.UUID | None = None,
    request_id: uuid.UUID | None = None,
) -> bool:
    """Post to an office, an agency, or (with neither) the ministry, in the transaction that gives the cause.

    Returns whether it is new. Two transactions racing for one key meet at the constraint.
    """
    if session.scalar(select(Notice.id).where(Notice.unique_key == unique_key)) is not None:
        return False
    session.add(
        Notice(
            office_id=office_id,
            agency_id=agency_id,
            request_id=request_id,
            kind=kind,
            details=details,
            unique_key=unique_key,
            created_at=at,
        )
    )
    session.flush()
    return True
