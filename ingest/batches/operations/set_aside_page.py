"""Leave a page out of its batch, so that the others go on without it."""

import uuid
from datetime import datetime

from sqlalchemy.orm import Session

from access.audit.operations.record_event import record_event
from access.http.problems import Conflict, Invalid
from access.principal import Principal
from ingest.batches.operations.settle_batch import settle_batch
from ingest.batches.queries import visible_page
from storage.database.locking import lock_row
from storage.intake.tables import BatchPage

_MAY_BE_LEFT_OUT = ("expected", "failed", "refused")


def set_aside_page(
    session: Session, *, actor: Principal, batch_id: uuid.UUID, page_id: uuid.UUID, reason: str, at: datetime
) -> BatchPage:
    """Set a page aside with a reason; it may then be delivered in another batch. Repeating changes nothing.

    Raises:
        NotFound: no such page in the actor's sight.
        Invalid: no reason, or one above 500 characters.
        Conflict: the page is done or being processed.
    """
    visible_page(session, actor=actor, batch_id=batch_id, page_id=page_id)
    reason = reason.strip()
    if not 1 <= len(reason) <= 500:
        raise Invalid("reason_needed", "請說明原因(1–500 字)。", "Give a reason of 1 to 500 characters.")
    page = lock_row(session, BatchPage, page_id)
    if page.state == "set_aside":
        return page
    if page.state not in _MAY_BE_LEFT_OUT:
        raise Conflict(
            "page_not_failed",
            "此頁已完成或正在處理,不能擱置。",
            "The page is done or being processed and cannot be set aside.",
            state=page.state,
        )
    page.state, page.set_aside_reason = "set_aside", reason
    session.flush()
    record_event(
        session,
        actor=actor,
        action="page.set_aside",
        subject_kind="batch_page",
        subject_id=str(page.id),
        facts={"batch": str(batch_id)},
        at=at,
    )
    settle_batch(session, batch_id=batch_id, at=at)
    return page
