"""Mark a notice as read."""

import uuid
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from access.http.problems import NotFound
from access.principal import Principal
from index_service.notices.queries import addressed_to
from index_service.notices.tables import Notice


def read_notice(session: Session, *, actor: Principal, notice_id: uuid.UUID, at: datetime) -> Notice:
    """Put down who of the organisation read a notice first; later readings change nothing.

    Raises:
        NotFound: no such notice is addressed to the actor's organisation.
    """
    notice = session.scalar(select(Notice).where(Notice.id == notice_id, addressed_to(actor)))
    if notice is None:
        raise NotFound("notice_unknown", "查無此通知。", "There is no such notice.")
    if notice.read_at is None:
        notice.read_at, notice.read_by = at, actor.account_id
        session.flush()
    return notice
