"""Call for the review of a hold whose day has come."""

import uuid
from datetime import datetime

from sqlalchemy.orm import Session

from index_service.editions.tables import Hold
from index_service.notices.operations.post_notice import post_notice
from storage.database.locking import lock_row

HOLD_REVIEW = "hold.review"


def call_for_review(session: Session, *, hold_id: uuid.UUID, at: datetime) -> bool:
    """Tell the office and the ministry that a hold still in force is due to be looked at; it stays in force.

    Returns whether they were told; a lifted hold needs no review.

    Raises:
        RowMissing: there is no such hold.
    """
    hold = lock_row(session, Hold, hold_id)
    if hold.lifted_at is not None:
        return False
    for office_id in (hold.office_id, None):
        post_notice(
            session,
            kind=HOLD_REVIEW,
            details={"hold": str(hold.id)},
            unique_key=f"{HOLD_REVIEW}/{hold.id}/{office_id or 'ministry'}",
            office_id=office_id,
            at=at,
        )
    return True
