"""The operator's steps: start, deliver, ask, recall, order a rescan."""

import uuid
from collections.abc import Callable
from datetime import datetime
from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Form, Request
from fastapi.responses import RedirectResponse, Response
from sqlalchemy.orm import Session

from access.http.guard import Guard
from access.http.problems import Problem
from access.permissions import Permission
from access.principal import Principal
from index_service.requests.operations.ask_office import ask_office
from index_service.requests.operations.deliver_request import deliver_request
from index_service.requests.operations.order_rescan import PageToRescan, order_rescan
from index_service.requests.operations.recall_delivery import recall_delivery
from index_service.requests.operations.start_request import start_request
from storage.database.session import Database
from viewer.pages import Pages
from viewer.work.draw_desk import Desk

Step = Literal["start", "deliver", "ask", "recall"]


def make_router(*, guard: Guard, database: Database, pages: Pages, now: Callable[[], datetime]) -> APIRouter:
    """Return the routes by which the operator takes a request's steps."""
    router = APIRouter(prefix="/maintenance", include_in_schema=False)
    desk = Desk(database, pages)
    operator = Annotated[Principal, Depends(guard.requires(Permission.REQUEST_MAINTAIN))]

    @router.post("/{request_id}/rescan")
    def post_rescan(
        request: Request,
        request_id: uuid.UUID,
        actor: operator,
        page: Annotated[list[uuid.UUID], Form()],
        reason: Annotated[list[str], Form()],
    ) -> Response:
        wanted = [PageToRescan(one, why) for one, why in zip(page, reason, strict=True) if why.strip()]
        try:
            with database.writing() as session:
                order_rescan(session, actor=actor, request_id=request_id, pages=wanted, at=now())
        except Problem as problem:
            return desk.draw(request, actor, request_id, None, problem)
        return RedirectResponse(f"/maintenance/{request_id}", 303)

    @router.post("/{request_id}/{step}")
    def post_step(
        request: Request,
        request_id: uuid.UUID,
        step: Step,
        actor: operator,
        reason: Annotated[str, Form()] = "",
    ) -> Response:
        try:
            with database.writing() as session:
                _take(session, step, actor, request_id, tuple(filter(None, [reason.strip()])), now())
        except Problem as problem:
            return desk.draw(request, actor, request_id, None, problem)
        return RedirectResponse(f"/maintenance/{request_id}" if step != "deliver" else "/maintenance", 303)

    return router


def _take(
    session: Session,
    step: Step,
    actor: Principal,
    request_id: uuid.UUID,
    reasons: tuple[str, ...],
    at: datetime,
) -> None:
    if step == "start":
        start_request(session, actor=actor, request_id=request_id, at=at)
    elif step == "deliver":
        deliver_request(session, actor=actor, request_id=request_id, at=at)
    elif step == "ask":
        ask_office(session, actor=actor, request_id=request_id, reasons=reasons, at=at)
    else:
        recall_delivery(session, actor=actor, request_id=request_id, reasons=reasons, at=at)
