"""The office's screens: requests, the form, before and after, confirm or dispute."""

import uuid
from collections.abc import Callable
from datetime import datetime
from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from sqlalchemy.orm import Session

from access.http.guard import Guard
from access.http.problems import Problem
from access.permissions import Permission
from access.principal import Principal
from index_service.requests.operations.answer_question import answer_question
from index_service.requests.operations.confirm_request import confirm_request
from index_service.requests.operations.dispute_delivery import dispute_delivery
from index_service.requests.operations.record_opening import record_opening
from index_service.requests.operations.submit_request import submit_request
from index_service.requests.operations.withdraw_request import withdraw_request
from index_service.requests.queries import list_requests
from storage.database.session import Database
from viewer.pages import Pages
from viewer.requests.compare_page import compare_page
from viewer.requests.queries import pages_of
from viewer.requests.read_request import read_request, request_lines

Step = Literal["submit", "withdraw", "answer"]
GROUPS = {
    "open": ("辦理中", "Under way"),
    "mine": ("待本所處理", "Waiting for us"),
    "done": ("已結", "Ended"),
    "all": ("全部", "All"),
}
STATES = {
    "open": ("submitted", "accepted", "in_maintenance", "awaiting_rescan", "confirmed"),
    "mine": ("draft", "returned", "awaiting_office", "awaiting_confirmation"),
    "done": ("published", "withdrawn", "rejected", "merged", "cancelled"),
    "all": (),
}


def make_router(*, guard: Guard, database: Database, pages: Pages, now: Callable[[], datetime]) -> APIRouter:
    """Return the routes by which an office follows its requests and gives its word."""
    router = APIRouter(prefix="/requests", include_in_schema=False)
    viewer = Annotated[Principal, Depends(guard.requires(Permission.REQUEST_VIEW))]
    comparer = Annotated[Principal, Depends(guard.requires(Permission.CHANGE_VIEW))]
    clerk = Annotated[Principal, Depends(guard.requires(Permission.REQUEST_SUBMIT))]
    confirmer = Annotated[Principal, Depends(guard.requires(Permission.REQUEST_CONFIRM))]

    @router.get("", response_class=HTMLResponse)
    def get_requests(request: Request, actor: viewer, show: str = "mine") -> Response:
        group = show if show in STATES else "all"
        with database.reading() as session:
            found = list_requests(session, actor=actor, states=STATES[group], limit=100)
            lines = request_lines(session, found)
        return pages.render(
            request, "requests.html", principal=actor, requests=lines, groups=GROUPS, group=group
        )

    @router.get("/{request_id}", response_class=HTMLResponse)
    def get_request(request: Request, request_id: uuid.UUID, actor: viewer) -> Response:
        return page(request, actor, request_id)

    def page(
        request: Request, actor: Principal, request_id: uuid.UUID, problem: Problem | None = None
    ) -> Response:
        with database.reading() as session:
            file = read_request(session, request_id, actor=actor)
            to_open = pages_of(session, file.request, actor)
        return pages.render(
            request,
            "request.html",
            principal=actor,
            problem=problem,
            file=file,
            to_open=to_open,
            left=[one for one in to_open if one.required and not one.opened],
            may_draft=actor.may(Permission.REQUEST_DRAFT) and actor.office_id == file.request.office_id,
        )

    @router.get("/{request_id}/pages/{page_id}", response_class=HTMLResponse)
    def get_comparison(
        request: Request, request_id: uuid.UUID, page_id: uuid.UUID, actor: comparer
    ) -> Response:
        with database.reading() as session:
            file = read_request(session, request_id, actor=actor)
            compared = compare_page(session, file.request, page_id)
            to_open = pages_of(session, file.request, actor)
        left = [one for one in to_open if one.required and not one.opened and one.page_id != page_id]
        answer = pages.render(
            request,
            "compare.html",
            principal=actor,
            file=file,
            page=compared,
            to_open=to_open,
            following=left[0] if left else None,
        )
        open_values(actor, request_id, page_id)
        return answer

    def open_values(actor: Principal, request_id: uuid.UUID, page_id: uuid.UUID) -> None:
        """The page with the values is ready to be sent: they count as opened."""
        with database.writing() as session:
            record_opening(
                session, actor=actor, request_id=request_id, page_id=page_id, part="values", at=now()
            )

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
                    confirm_request(
                        session, actor=actor, request_id=request_id, item_ids=chosen, at=now()
                    )
        except Problem as problem:
            return page(request, actor, request_id, problem)
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
            return page(request, actor, request_id, problem)
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
