"""Remember that a part of a page was served to a person who may confirm it."""

import uuid
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from access.principal import Principal
from domain.workflow import State
from index_service.changesets.tables import Change, ChangeSet
from index_service.requests.queries import confirming_offices, find_request
from index_service.requests.tables import Opening, Request
from storage.database.identity import new_id


def record_opening(
    session: Session,
    *,
    actor: Principal,
    request_id: uuid.UUID,
    page_id: uuid.UUID,
    part: str,
    at: datetime,
    delivery: int | None = None,
) -> bool:
    """Record that the after-image ("image") or values ("values") of a page were served, once a delivery.

    Returns whether it counts: only for people of offices with a say, of pages the delivery changes, while it
    awaits confirmation. Call it once the bytes are ready to be sent. `delivery` is the one they were read
    in, where that was an earlier transaction: another delivery since is not opened by them.
    """
    request = find_request(session, request_id, actor=actor)
    if request is None or not _counts(session, request, actor, page_id):
        return False
    if delivery is not None and delivery != request.delivery:
        return False
    assert actor.account_id is not None
    seen = {
        "request_id": request.id,
        "delivery": request.delivery,
        "account_id": actor.account_id,
        "page_id": page_id,
        "part": part,
    }
    # A screen asks for many tiles at once: the first to come is kept, the others find it there.
    engine = sqlite if session.get_bind().dialect.name == "sqlite" else postgresql
    row = {"id": new_id(), "office_id": request.office_id, "at": at, **seen}
    session.execute(engine.insert(Opening).values(row).on_conflict_do_nothing())
    return True


def _counts(session: Session, request: Request, actor: Principal, page_id: uuid.UUID) -> bool:
    if request.state != State.AWAITING_CONFIRMATION or actor.account_id is None:
        return False
    if actor.office_id not in confirming_offices(session, request):
        return False
    query = (
        select(Change.id)
        .join(ChangeSet, Change.change_set_id == ChangeSet.id)
        .where(ChangeSet.request_id == request.id, Change.page_id == page_id)
    )
    return session.scalar(query.limit(1)) is not None
