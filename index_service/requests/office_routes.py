"""The steps an office takes: submit, withdraw, answer, confirm, dispute."""

import uuid
from collections.abc import Callable
from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Depends, Header, Response

from access.http.guard import Guard
from access.permissions import Permission
from access.principal import Principal
from index_service.requests import schemas
from index_service.requests.operations.answer_question import answer_question
from index_service.requests.operations.confirm_request import confirm_request
from index_service.requests.operations.dispute_delivery import dispute_delivery
from index_service.requests.operations.submit_request import submit_request
from index_service.requests.operations.withdraw_request import withdraw_request
from index_service.requests.rules import DEFAULT_RULES, RequestRules
from index_service.requests.step_answer import answer_step, version_seen
from storage.database.session import Database

IfMatch = Annotated[str | None, Header()]
Clock = Callable[[], datetime]


def make_router(
    *, guard: Guard, database: Database, now: Clock, rules: RequestRules = DEFAULT_RULES
) -> APIRouter:
    """Return the routes of an office's steps."""
    router = APIRouter(prefix="/api/v1/requests/{request_id}", tags=["requests"])
    _add_form(router, guard, database, now, rules)
    _add_confirmation(router, guard, database, now, rules)
    return router


def _add_form(router: APIRouter, guard: Guard, database: Database, now: Clock, rules: RequestRules) -> None:
    submitter = Annotated[Principal, Depends(guard.requires(Permission.REQUEST_SUBMIT))]

    @router.post("/submit")
    def post_submit(
        request_id: uuid.UUID,
        body: schemas.Submit,
        actor: submitter,
        response: Response,
        if_match: IfMatch = None,
    ) -> schemas.RequestOut:
        """Approve the form and report it (函報)."""
        with database.writing() as session:
            request = submit_request(
                session,
                actor=actor,
                request_id=request_id,
                row_version=version_seen(if_match),
                letter_number=body.letter_number,
                rules=rules,
                at=now(),
            )
            return answer_step(request, response)

    @router.post("/withdraw")
    def post_withdraw(
        request_id: uuid.UUID,
        actor: submitter,
        response: Response,
        if_match: IfMatch = None,
    ) -> schemas.RequestOut:
        """Take the request back (撤回)."""
        with database.writing() as session:
            request = withdraw_request(
                session,
                actor=actor,
                request_id=request_id,
                row_version=version_seen(if_match),
                at=now(),
            )
            return answer_step(request, response)

    @router.post("/answer")
    def post_answer(
        request_id: uuid.UUID,
        body: schemas.Reasons,
        actor: submitter,
        response: Response,
        if_match: IfMatch = None,
    ) -> schemas.RequestOut:
        """Answer what the operator asked."""
        with database.writing() as session:
            request = answer_question(
                session,
                actor=actor,
                request_id=request_id,
                row_version=version_seen(if_match),
                reasons=tuple(body.reasons),
                at=now(),
            )
            return answer_step(request, response)


def _add_confirmation(
    router: APIRouter, guard: Guard, database: Database, now: Clock, rules: RequestRules
) -> None:
    confirmer = Annotated[Principal, Depends(guard.requires(Permission.REQUEST_CONFIRM))]

    @router.post("/confirm")
    def post_confirm(
        request_id: uuid.UUID,
        body: schemas.Confirm,
        actor: confirmer,
        response: Response,
        if_match: IfMatch = None,
    ) -> schemas.RequestOut:
        """Confirm the delivery, or some items of it as a child request (子案)."""
        with database.writing() as session:
            request = confirm_request(
                session,
                actor=actor,
                request_id=request_id,
                row_version=version_seen(if_match),
                item_ids=body.item_ids,
                rules=rules,
                at=now(),
            )
            return answer_step(request, response)

    @router.post("/dispute")
    def post_dispute(
        request_id: uuid.UUID,
        body: schemas.Dispute,
        actor: confirmer,
        response: Response,
        if_match: IfMatch = None,
    ) -> schemas.RequestOut:
        """Dispute items of the delivery, with reasons."""
        with database.writing() as session:
            request = dispute_delivery(
                session,
                actor=actor,
                request_id=request_id,
                row_version=version_seen(if_match),
                item_reasons=body.item_reasons,
                rules=rules,
                at=now(),
            )
            return answer_step(request, response)
