"""The steps an operator takes: start, ask, order a rescan, deliver, recall."""

import uuid
from collections.abc import Callable
from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Depends, Header, Response

from access.http.guard import Guard
from access.permissions import Permission
from access.principal import Principal
from index_service.requests import schemas
from index_service.requests.operations.ask_office import ask_office
from index_service.requests.operations.deliver_request import deliver_request
from index_service.requests.operations.order_rescan import PageToRescan, order_rescan
from index_service.requests.operations.recall_delivery import recall_delivery
from index_service.requests.operations.start_request import start_request
from index_service.requests.rules import DEFAULT_RULES, RequestRules
from index_service.requests.step_answer import answer_step, version_seen
from storage.database.session import Database

IfMatch = Annotated[str | None, Header()]
Clock = Callable[[], datetime]


def make_router(
    *, guard: Guard, database: Database, now: Clock, rules: RequestRules = DEFAULT_RULES
) -> APIRouter:
    """Return the routes of an operator's steps."""
    router = APIRouter(prefix="/api/v1/requests/{request_id}", tags=["requests"])
    _add_work(router, guard, database, now, rules)
    return router


def _add_work(router: APIRouter, guard: Guard, database: Database, now: Clock, rules: RequestRules) -> None:
    operator = Annotated[Principal, Depends(guard.requires(Permission.REQUEST_MAINTAIN))]

    @router.post("/start")
    def post_start(
        request_id: uuid.UUID,
        actor: operator,
        response: Response,
        if_match: IfMatch = None,
    ) -> schemas.RequestOut:
        """Begin maintenance."""
        with database.writing() as session:
            request = start_request(
                session,
                actor=actor,
                request_id=request_id,
                row_version=version_seen(if_match),
                at=now(),
            )
            return answer_step(request, response)

    @router.post("/ask")
    def post_ask(
        request_id: uuid.UUID,
        body: schemas.Reasons,
        actor: operator,
        response: Response,
        if_match: IfMatch = None,
    ) -> schemas.RequestOut:
        """Ask the office to check the paper register (請戶所核對原簿)."""
        with database.writing() as session:
            request = ask_office(
                session,
                actor=actor,
                request_id=request_id,
                row_version=version_seen(if_match),
                reasons=tuple(body.reasons),
                at=now(),
            )
            return answer_step(request, response)

    @router.post("/deliver")
    def post_deliver(
        request_id: uuid.UUID,
        actor: operator,
        response: Response,
        if_match: IfMatch = None,
    ) -> schemas.RequestOut:
        """Deliver the change set for confirmation."""
        with database.writing() as session:
            request = deliver_request(
                session,
                actor=actor,
                request_id=request_id,
                row_version=version_seen(if_match),
                rules=rules,
                at=now(),
            )
            return answer_step(request, response)

    @router.post("/recall")
    def post_recall(
        request_id: uuid.UUID,
        body: schemas.Reasons,
        actor: operator,
        response: Response,
        if_match: IfMatch = None,
    ) -> schemas.RequestOut:
        """Take a delivery back, with reasons."""
        with database.writing() as session:
            request = recall_delivery(
                session,
                actor=actor,
                request_id=request_id,
                row_version=version_seen(if_match),
                reasons=tuple(body.reasons),
                at=now(),
            )
            return answer_step(request, response)

    @router.post("/order-rescan")
    def post_order_rescan(
        request_id: uuid.UUID,
        body: schemas.OrderRescan,
        actor: operator,
        response: Response,
        if_match: IfMatch = None,
    ) -> schemas.RequestOut:
        """Order pages to be scanned again (待補掃)."""
        with database.writing() as session:
            request = order_rescan(
                session,
                actor=actor,
                request_id=request_id,
                row_version=version_seen(if_match),
                pages=[PageToRescan(one.page_id, one.reason, one.view) for one in body.pages],
                at=now(),
            )
            return answer_step(request, response)
