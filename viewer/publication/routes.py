"""The publisher's screen: what is confirmed goes live; the editions that did."""

import uuid
from collections.abc import Callable
from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from access.http.guard import Guard
from access.http.problems import Problem
from access.permissions import Permission
from access.principal import Principal
from index_service.requests.operations.publish_request import publish_request
from index_service.requests.operations.reopen_request import reopen_request
from storage.database.session import Database
from viewer.pages import Pages
from viewer.publication.queries import edition_lines, ready_requests


def make_router(*, guard: Guard, database: Database, pages: Pages, now: Callable[[], datetime]) -> APIRouter:
    """Return the routes of publishing, and the list of editions."""
    router = APIRouter(include_in_schema=False)
    publisher = Annotated[Principal, Depends(guard.requires(Permission.REQUEST_PUBLISH))]
    reader = Annotated[Principal, Depends(guard.requires(Permission.EDITION_VIEW))]

    @router.get("/publication", response_class=HTMLResponse)
    def get_ready(request: Request, actor: publisher, made: int | None = None) -> Response:
        return page(request, actor, made=made)

    def page(
        request: Request, actor: Principal, problem: Problem | None = None, made: int | None = None
    ) -> Response:
        with database.reading() as session:
            ready = ready_requests(session, actor)
            current, editions = edition_lines(session, actor)
        return pages.render(
            request,
            "publication.html",
            principal=actor,
            problem=problem,
            ready=ready,
            current=current,
            editions=editions,
            made=made,
        )

    @router.get("/editions", response_class=HTMLResponse)
    def get_editions(request: Request, actor: reader) -> Response:
        with database.reading() as session:
            current, editions = edition_lines(session, actor)
        return pages.render(request, "editions.html", principal=actor, current=current, editions=editions)

    @router.post("/publication/{request_id}/publish")
    def post_publish(request: Request, request_id: uuid.UUID, actor: publisher) -> Response:
        try:
            with database.writing() as session:
                edition = publish_request(session, actor=actor, request_id=request_id, at=now())
                number = edition.number
        except Problem as problem:
            return page(request, actor, problem)
        return RedirectResponse(f"/publication?made={number}", 303)

    @router.post("/publication/{request_id}/reopen")
    def post_reopen(request: Request, request_id: uuid.UUID, actor: publisher) -> Response:
        try:
            with database.writing() as session:
                reopen_request(session, actor=actor, request_id=request_id, at=now())
        except Problem as problem:
            return page(request, actor, problem)
        return RedirectResponse("/publication", 303)

    return router
