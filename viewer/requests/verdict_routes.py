"""The office's word: submit, withdraw, answer, confirm, dispute."""

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
from index_service.requests.operations.answer_question import answer_question
from index_service.requests.operations.confirm_request import confirm_request
from index_service.requests.operations.dispute_delivery import dispute_delivery
from index_service.requests.operations.submit_request import submit_request
from index_service.requests.operations.withdraw_request import withdraw_request
from storage.database.session import Database
from viewer.pages import Pages
from viewer.requests.draw_request import RequestSheet

Step = Literal["submit", "withdraw", "answer"]


def make_router(*, guard: Guard, database: Database, pages: Pages, now: Callable[[], datetime]) -> APIRouter:
    """Return the routes by which an office takes a request's steps."""
    router = APIRouter(prefix="/requests", include_in_schema=False)
    sheet = RequestSheet(database, pages)
    clerk = Annotated[Principal, Depends(guard.requires(Permission.REQUEST_SUBMIT))]
    confirmer = Annotated[Principal, Depends(guard.requires(Permission.REQUEST_CONFIRM))]

    @router.post("/{request_id}/verdict")
    def post_verdict(
        request: Request,
        request_id: uuid.UUID,
        actor: confirmer,
        verdict: Annotated[Literal["confirm", "dispute"], Form()],
        item: Annotated[list[uuid.UUID], Form()],
        reason: Annotated[list[str], Form()],
        right: Annotated[list[uuid.UUID] | None, Form()] = None,
    ) -> Response:
        reasons = {one: why.strip() for one, why in zip(item, reason, strict=True) if why.strip()}
        try:
            with database.writing() as session:
                if verdict == "dispute":
                    dispute_delivery(
                        session, actor=actor, request_id=request_id, item_reasons=reasons, at=now()
                    )
                else:
                    chosen = None if set(right or ()) == set(item) else set(right or ())
                    confirm_request(session, actor=actor, request_id=request_id, item_ids=chosen, at=now())
        except Problem as problem:
            return sheet.draw(request, actor, request_id, problem)
        return RedirectResponse(f"/requests/{request_id}", 303)

    @router.post("/{request_id}/{step}")
    def post_step(
        request: Request,
        request_id: uuid.UUID,
        step: Step,
        actor: clerk,
        reason: Annotated[str, Form()] = "",
        letter_number: Annotated[str, Form()] = "",
    ) -> Response:
        try:
            with database.writing() as session:
                _take(session, step, actor, request_id, reason.strip() or letter_number.strip(), now())
        except Problem as problem:
            return sheet.draw(request, actor, request_id, problem)
        return RedirectResponse(f"/requests/{request_id}", 303)

    return router


def _take(
    session: Session, step: Step, actor: Principal, request_id: uuid.UUID, said: str, at: datetime
) -> None:
    if step == "submit":
        submit_request(session, actor=actor, request_id=request_id, letter_number=said or None, at=at)
    elif step == "withdraw":
        withdraw_request(session, actor=actor, request_id=request_id, at=at)
    else:
        answer_question(session, actor=actor, request_id=request_id, reasons=(said,), at=at)
