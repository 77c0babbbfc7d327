"""The steps the ministry takes: accept, return, reject, merge, reassign, cancel, publish, reopen."""

import uuid
from collections.abc import Callable
from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Depends, Header, Response

from access.http.guard import Guard
from access.permissions import Permission
from access.principal import Principal
from index_service.requests import schemas
from index_service.requests.operations.accept_request import accept_request
from index_service.requests.operations.cancel_request import cancel_request
from index_service.requests.operations.merge_request import merge_request
from index_service.requests.operations.publish_request import publish_request
from index_service.requests.operations.reassign_request import reassign_request
from index_service.requests.operations.reject_request import reject_request
from index_service.requests.operations.reopen_request import reopen_request
from index_service.requests.operations.return_request import return_request
from index_service.requests.rules import DEFAULT_RULES, RequestRules
from index_service.requests.step_answer import answer_step, version_seen
from storage.database.session import Database

IfMatch = Annotated[str | None, Header()]
Clock = Callable[[], datetime]


def make_router(
    *, guard: Guard, database: Database, now: Clock, rules: RequestRules = DEFAULT_RULES
) -> APIRouter:
    """Return the routes of the ministry's clerks and publishers."""
    router = APIRouter(prefix="/api/v1/requests/{request_id}", tags=["requests"])
    _add_intake(router, guard, database, now)
    _add_ending(router, guard, database, now)
    _add_publishing(router, guard, database, now, rules)
    return router


def _add_intake(router: APIRouter, guard: Guard, database: Database, now: Clock) -> None:
    clerk = Annotated[Principal, Depends(guard.requires(Permission.REQUEST_ACCEPT))]

    @router.post("/accept")
    def post_accept(
        request_id: uuid.UUID,
        body: schemas.Accept,
        actor: clerk,
        response: Response,
        if_match: IfMatch = None,
    ) -> schemas.RequestOut:
        """Take the request up (受理) and assign its operator."""
        with database.writing() as session:
            request = accept_request(
                session,
                actor=actor,
                request_id=request_id,
                row_version=version_seen(if_match),
                operator_id=body.operator_id,
                at=now(),
            )
            return answer_step(request, response)

    @router.post("/return")
    def post_return(
        request_id: uuid.UUID,
        body: schemas.Return,
        actor: clerk,
        response: Response,
        if_match: IfMatch = None,
    ) -> schemas.RequestOut:
        """Return the form with every defect at once (退回補正)."""
        with database.writing() as session:
            request = return_request(
                session,
                actor=actor,
                request_id=request_id,
                row_version=version_seen(if_match),
                defects=body.defects,
                at=now(),
            )
            return answer_step(request, response)

    @router.post("/reject")
    def post_reject(
        request_id: uuid.UUID,
        body: schemas.Reasons,
        actor: clerk,
        response: Response,
        if_match: IfMatch = None,
    ) -> schemas.RequestOut:
        """Decline to maintain (不予維護)."""
        with database.writing() as session:
            request = reject_request(
                session,
                actor=actor,
                request_id=request_id,
                row_version=version_seen(if_match),
                reasons=tuple(body.reasons),
                at=now(),
            )
            return answer_step(request, response)

    @router.post("/merge")
    def post_merge(
        request_id: uuid.UUID,
        body: schemas.Merge,
        actor: clerk,
        response: Response,
        if_match: IfMatch = None,
    ) -> schemas.RequestOut:
        """Merge into another request (併案)."""
        with database.writing() as session:
            request = merge_request(
                session,
                actor=actor,
                request_id=request_id,
                row_version=version_seen(if_match),
                survivor_id=body.survivor_id,
                at=now(),
            )
            return answer_step(request, response)

    @router.post("/reassign")
    def post_reassign(
        request_id: uuid.UUID,
        body: schemas.Reassign,
        actor: clerk,
        response: Response,
        if_match: IfMatch = None,
    ) -> schemas.RequestOut:
        """Name the operator, or another one (改派)."""
        with database.writing() as session:
            request = reassign_request(
                session,
                actor=actor,
                request_id=request_id,
                row_version=version_seen(if_match),
                operator_id=body.operator_id,
                reasons=tuple(body.reasons),
                at=now(),
            )
            return answer_step(request, response)


def _add_ending(router: APIRouter, guard: Guard, database: Database, now: Clock) -> None:
    canceller = Annotated[Principal, Depends(guard.requires(Permission.REQUEST_CANCEL))]

    @router.post("/cancel")
    def post_cancel(
        request_id: uuid.UUID,
        body: schemas.Reasons,
        actor: canceller,
        response: Response,
        if_match: IfMatch = None,
    ) -> schemas.RequestOut:
        """End the request with reasons (取消)."""
        with database.writing() as session:
            request = cancel_request(
                session,
                actor=actor,
                request_id=request_id,
                row_version=version_seen(if_match),
                reasons=tuple(body.reasons),
                at=now(),
            )
            return answer_step(request, response)


def _add_publishing(
    router: APIRouter, guard: Guard, database: Database, now: Clock, rules: RequestRules
) -> None:
    publisher = Annotated[Principal, Depends(guard.requires(Permission.REQUEST_PUBLISH))]

    @router.post("/reopen")
    def post_reopen(
        request_id: uuid.UUID,
        actor: publisher,
        response: Response,
        if_match: IfMatch = None,
    ) -> schemas.RequestOut:
        """Reopen because a base version moved; the confirmation is void."""
        with database.writing() as session:
            request = reopen_request(
                session,
                actor=actor,
                request_id=request_id,
                row_version=version_seen(if_match),
                at=now(),
            )
            return answer_step(request, response)

    @router.post("/publish")
    def post_publish(request_id: uuid.UUID, actor: publisher, if_match: IfMatch = None) -> schemas.Published:
        """Publish what was confirmed as one edition (更新並提供查詢)."""
        with database.writing() as session:
            edition = publish_request(
                session,
                actor=actor,
                request_id=request_id,
                row_version=version_seen(if_match),
                rules=rules,
                at=now(),
            )
            return schemas.Published(edition=edition.number)
