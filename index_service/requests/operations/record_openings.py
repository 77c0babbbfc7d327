"""Remember that parts of many pages were served to a person: the bulk way of `record_opening`."""

import uuid
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from access.principal import Principal
from domain.workflow import State
from index_service.changesets.tables import Change, ChangeSet
from index_service.requests.pages_required import RequiredPage
from index_service.requests.queries import confirming_offices
from index_service.requests.tables import Opening, Request
from storage.database.identity import new_id


def record_openings(
    session: Session, request: Request, *, actor: Principal, pages: Sequence[RequiredPage], at: datetime
) -> int:
    """Record every part of these pages as opened in the current delivery, and return how many were new.

    Counts what `record_opening` counts: people of offices with a say, pages the delivery changes, while it
    awaits confirmation.
    """
    if request.state != State.AWAITING_CONFIRMATION or actor.account_id is None:
        return 0
    if actor.office_id not in confirming_offices(session, request):
        return 0
    known, changed = _known(session, request, actor), _changed(session, request)
    seen = [
        (page.page_id, part)
        for page in pages
        if page.page_id in changed
        for part in sorted(page.parts)
        if (page.page_id, part) not in known
    ]
    rows = [
        {
            "id": new_id(),
            "request_id": request.id,
            "office_id": request.office_id,
            "delivery": request.delivery,
            "account_id": actor.account_id,
            "page_id": page_id,
            "part": part,
            "at": at,
        }
        for page_id, part in seen
    ]
    if rows:
        session.execute(insert(Opening), rows)
    return len(rows)


def _known(session: Session, request: Request, actor: Principal) -> set[tuple[uuid.UUID, str]]:
    query = select(Opening.page_id, Opening.part).filter_by(
        request_id=request.id, delivery=request.delivery, account_id=actor.account_id
    )
    return {(page_id, part) for page_id, part in session.execute(query)}


def _changed(session: Session, request: Request) -> set[uuid.UUID]:
    query = (
        select(Change.page_id)
        .join(ChangeSet, Change.change_set_id == ChangeSet.id)
        .where(ChangeSet.request_id == request.id)
        .distinct()
    )
    return set(session.scalars(query))
