"""The ministry's inbox."""

import uuid
from collections.abc import Callable
from datetime import datetime
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from sqlalchemy.orm import Session

from access.accounts.queries import accounts_with_role
from access.http.guard import Guard
from access.http.problems import Invalid, Problem
from access.permissions import Permission
from access.principal import Principal
from domain.roles import Role
from index_service.requests.operations.accept_request import accept_request
from index_service.requests.operations.cancel_request import cancel_request
from index_service.requests.operations.reassign_request import reassign_request
from index_service.requests.operations.reject_request import reject_request
from index_service.requests.operations.return_request import return_request
from index_service.requests.queries import list_requests
from storage.database.session import Database
from viewer.pages import Pages
from viewer.requests.read_request import RequestFile, read_request, request_lines

OperatorStep = Literal["accept", "reassign"]
ReasonStep = Literal["reject", "cancel"]
UNDER_WAY = ("accepted", "in_maintenance", "awaiting_office", "awaiting_rescan", "awaiting_confirmation")


def make_router(*, guard: Guard, database: Database, pages: Pages, now: Callable[[], datetime]) -> APIRouter:
    """Return the routes by which the ministry takes up, sends back and assigns requests."""
    router = APIRouter(prefix="/inbox", include_in_schema=False)
    clerk = Annotated[Principal, Depends(guard.requires(Permission.REQUEST_ACCEPT))]
    canceller = Annotated[Principal, Depends(guard.requires(Permission.REQUEST_CANCEL))]

    @router.get("", response_class=HTMLResponse)
    def get_inbox(request: Request, actor: clerk) -> Response:
        with database.reading() as session:
            submitted = list_requests(session, actor=actor, states=("submitted",), limit=100)
            under_way = list_requests(session, actor=actor, states=UNDER_WAY, limit=100)
            loads = [one for one in under_way if one.operator_id is None]
            values: dict[str, Any] = {
                "submitted": request_lines(session, submitted),
                "unassigned": request_lines(session, loads),
                "under_way": request_lines(session, [one for one in under_way if one not in loads]),
                "operators": accounts_with_role(session, Role.OPERATOR),
            }
        return pages.render(request, "inbox.html", principal=actor, **values)

    @router.get("/{request_id}", response_class=HTMLResponse)
    def get_request(request: Request, request_id: uuid.UUID, actor: clerk) -> Response:
        return page(request, actor, request_id)

    def page(
        request: Request, actor: Principal, request_id: uuid.UUID, problem: Problem | None = None
    ) -> Response:
        with database.reading() as session:
            file = read_request(session, request_id, actor=actor)
            operators = accounts_with_role(session, Role.OPERATOR)
        return pages.render(
            request,
            "inbox_request.html",
            principal=actor,
            problem=problem,
            file=file,
            operators=operators,
            parts=_parts(file),
        )

    @router.post("/{request_id}/assign/{step}")
    def post_operator(
        request: Request,
        request_id: uuid.UUID,
        step: OperatorStep,
        actor: clerk,
        operator: Annotated[str, Form()] = "",
        reason: Annotated[str, Form()] = "",
    ) -> Response:
        try:
            with database.writing() as session:
                _assign(session, step, actor, request_id, _named(operator), reason.strip(), now())
        except Problem as problem:
            return page(request, actor, request_id, problem)
        return RedirectResponse("/inbox", 303)

    @router.post("/{request_id}/return")
    def post_return(
        request: Request,
        request_id: uuid.UUID,
        actor: clerk,
        part: Annotated[list[str], Form()],
        defect: Annotated[list[str], Form()],
    ) -> Response:
        defects = {name: why.strip() for name, why in zip(part, defect, strict=True) if why.strip()}
        try:
            with database.writing() as session:
                return_request(session, actor=actor, request_id=request_id, defects=defects, at=now())
        except Problem as problem:
            return page(request, actor, request_id, problem)
        return RedirectResponse("/inbox", 303)

    @router.post("/{request_id}/end/{step}")
    def post_end(
        request: Request,
        request_id: uuid.UUID,
        step: ReasonStep,
        actor: canceller,
        reason: Annotated[str, Form()] = "",
    ) -> Response:
        end = reject_request if step == "reject" else cancel_request
        reasons = tuple(filter(None, [reason.strip()]))
        try:
            with database.writing() as session:
                end(session, actor=actor, request_id=request_id, reasons=reasons, at=now())
        except Problem as problem:
            return page(request, actor, request_id, problem)
        return RedirectResponse("/inbox", 303)

    return router


def _assign(
    session: Session,
    step: OperatorStep,
    actor: Principal,
    request_id: uuid.UUID,
    operator_id: uuid.UUID,
    reason: str,
    at: datetime,
) -> None:
    if step == "accept":
        accept_request(session, actor=actor, request_id=request_id, operator_id=operator_id, at=at)
    else:
        reasons = tuple(filter(None, [reason]))
        reassign_request(
            session, actor=actor, request_id=request_id, operator_id=operator_id, reasons=reasons, at=at
        )


def _named(operator: str) -> uuid.UUID:
    try:
        return uuid.UUID(operator)
    except ValueError as error:
        raise Invalid("operator_needed", "請指派一位維護人員。", "Name an operator.") from error


def _parts(file: RequestFile) -> list[tuple[str, str]]:
    """Return the parts of the form that may have a defect, so that all are told at once (一次告知)."""
    fixed = [("聯絡人", "contact"), ("申請事由", "grounds"), ("文號", "letter number")]
    items = [(f"第{item.ordinal}項", f"item {item.ordinal}") for item in file.items[:20]]
    return [*fixed, *items, ("其他", "other")]
