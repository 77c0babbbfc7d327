"""Edit a drafted or returned request."""

import dataclasses
import uuid
from datetime import datetime

from sqlalchemy.orm import Session

from access.audit.operations.record_event import record_event
from access.http.problems import Conflict, Stale
from access.principal import Principal
from domain.workflow import Kind, State
from index_service.requests.form import RequestForm
from index_service.requests.operations.lock_request import lock_request
from index_service.requests.operations.write_items import write_items
from index_service.requests.tables import Request


def edit_request(
    session: Session,
    *,
    actor: Principal,
    request_id: uuid.UUID,
    row_version: int,
    form: RequestForm,
    at: datetime,
) -> Request:
    """Replace the form of a request of the actor's office; the editor counts as its drafter from now on.

    Raises:
        NotFound: there is no such request in sight.
        Stale: somebody changed it meanwhile; the form goes back in the problem document.
        Conflict: the request left the office, is another office's, or is or would be a first load.
        Invalid: an item names something that does not exist.
    """
    request = lock_request(session, request_id, actor=actor)
    if request.row_version != row_version:
        raise Stale(
            "stale",
            "此申請表已由他人更新，您的內容未覆蓋任何資料，請比對後再送出。",
            "Somebody else changed this form. Nothing was overwritten: compare and send again.",
            current=f'"{request.row_version}"',
            kept=dataclasses.asdict(form),
        )
    _require_at_office(request, actor)
    _require_kind(request, form)
    request.kind, request.series_key = form.kind.value, form.series_key
    request.letter_number, request.contact, request.grounds = form.letter_number, form.contact, form.grounds
    request.drafted_by = actor.account_id
    request.row_version += 1
    write_items(session, request, form.items)
    record_event(
        session,
        actor=actor,
        action="request.edit",
        subject_kind="request",
        subject_id=str(request.id),
        facts={"row_version": request.row_version},
        at=at,
    )
    return request


def _require_at_office(request: Request, actor: Principal) -> None:
    if request.office_id != actor.office_id or request.state not in {State.DRAFT, State.RETURNED}:
        raise Conflict(
            "not_at_office",
            "只有申請戶所可在「草稿」或「退回補正」時修改申請表。",
            "Only the requesting office edits the form, while it is a draft or returned.",
            state=request.state,
        )


def _require_kind(request: Request, form: RequestForm) -> None:
    """A first load is of a batch: it becomes no other request, and no other becomes one."""
    if (request.kind == Kind.FIRST_LOAD) != (form.kind is Kind.FIRST_LOAD):
        raise Conflict(
            "first_load_not_drafted",
            "首次建檔由掃描批次開立，申請類別不能改為或改自首次建檔。",
            "First loads come from batches: a form can be turned neither into one nor from one.",
        )
