"""Draft a request (起案)."""

import uuid
from datetime import datetime

from sqlalchemy.orm import Session

from access.http.problems import Forbidden
from access.principal import Principal
from domain.workflow import Action
from index_service.requests.form import RequestForm
from index_service.requests.operations.number_request import number_request
from index_service.requests.operations.transition import transition
from index_service.requests.operations.write_items import write_items
from index_service.requests.tables import Request
from storage.database.identity import new_id


def draft_request(session: Session, *, actor: Principal, form: RequestForm, at: datetime) -> Request:
    """Start a request of the actor's own office; it may be incomplete until it is submitted.

    Raises:
        Forbidden: the actor acts for no office.
        Conflict: the workflow refuses.
        Invalid: an item names something that does not exist.
    """
    if actor.office_id is None:
        raise Forbidden(
            "no_office", "須由戶政事務所人員起案。", "Only a person of an office drafts a request."
        )
    request = new_request(session, form, office_id=actor.office_id, drafted_by=actor.account_id, at=at)
    transition(session, request, Action.DRAFT, actor=actor, at=at)
    write_items(session, request, form.items)
    return request


def new_request(
    session: Session, form: RequestForm, *, office_id: uuid.UUID, drafted_by: uuid.UUID | None, at: datetime
) -> Request:
    """Return a numbered request, not yet in the session and in no state: `transition` gives it its first."""
    return Request(
        id=new_id(),
        number=number_request(session, at=at),
        kind=form.kind.value,
        office_id=office_id,
        series_key=form.series_key,
        letter_number=form.letter_number,
        contact=form.contact,
        grounds=form.grounds,
        drafted_by=drafted_by,
        created_at=at,
    )
