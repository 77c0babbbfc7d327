"""Batches for people: progress, failures with their reasons, retry and set aside."""

import uuid
from collections.abc import Callable
from datetime import datetime
from typing import Annotated, Protocol

from fastapi import APIRouter, Depends, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from sqlalchemy.orm import Session

from access.http.guard import Guard
from access.http.problems import Problem
from access.permissions import Permission
from access.principal import Principal
from storage.database.session import Database
from viewer.batches.queries import find_batch, list_batches, list_flags, list_trouble
from viewer.pages import Pages


class Retry(Protocol):
    """Owes a failed page another run; handed in by the composition root."""

    def __call__(
        self, session: Session, *, actor: Principal, batch_id: uuid.UUID, page_id: uuid.UUID, at: datetime
    ) -> object:
        """Write the new run, or raise a Problem."""
        ...


class SetAside(Protocol):
    """Leaves a page out of its batch; handed in by the composition root."""

    def __call__(
        self,
        session: Session,
        *,
        actor: Principal,
        batch_id: uuid.UUID,
        page_id: uuid.UUID,
        reason: str,
        at: datetime,
    ) -> object:
        """Set the page aside, or raise a Problem."""
        ...


def make_router(
    *,
    guard: Guard,
    database: Database,
    pages: Pages,
    now: Callable[[], datetime],
    retry_page: Retry,
    set_aside_page: SetAside,
) -> APIRouter:
    """Return the routes of the station crew's screens."""
    router = APIRouter(prefix="/batches", include_in_schema=False)
    viewer = Annotated[Principal, Depends(guard.requires(Permission.BATCH_VIEW))]
    retrier = Annotated[Principal, Depends(guard.requires(Permission.BATCH_RETRY))]

    @router.get("", response_class=HTMLResponse)
    def get_batches(request: Request, actor: viewer) -> Response:
        with database.reading() as session:
            batches = list_batches(session, actor=actor)
        return pages.render(request, "batches.html", principal=actor, batches=batches)

    @router.get("/{batch_id}", response_class=HTMLResponse)
    def get_batch(request: Request, batch_id: uuid.UUID, actor: viewer) -> Response:
        return page(request, actor, batch_id)

    def page(
        request: Request, actor: Principal, batch_id: uuid.UUID, problem: Problem | None = None
    ) -> Response:
        with database.reading() as session:
            batch = find_batch(session, batch_id, actor=actor)
            trouble = list_trouble(session, batch_id)
            flags = list_flags(session, batch_id, actor=actor)
        return pages.render(
            request,
            "batch.html",
            principal=actor,
            problem=problem,
            batch=batch,
            trouble=trouble,
            flags=flags,
            may_retry=actor.may(Permission.BATCH_RETRY),
        )

    @router.post("/{batch_id}/pages/{page_id}/retry")
    def post_retry(request: Request, batch_id: uuid.UUID, page_id: uuid.UUID, actor: retrier) -> Response:
        try:
            with database.writing() as session:
                retry_page(session, actor=actor, batch_id=batch_id, page_id=page_id, at=now())
        except Problem as problem:
            return page(request, actor, batch_id, problem)
        return RedirectResponse(f"/batches/{batch_id}", 303)

    @router.post("/{batch_id}/pages/{page_id}/set-aside")
    def post_set_aside(
        request: Request,
        batch_id: uuid.UUID,
        page_id: uuid.UUID,
        actor: retrier,
        reason: Annotated[str, Form()] = "",
    ) -> Response:
        try:
            with database.writing() as session:
                set_aside_page(
                    session, actor=actor, batch_id=batch_id, page_id=page_id, reason=reason, at=now()
                )
        except Problem as problem:
            return page(request, actor, batch_id, problem)
        return RedirectResponse(f"/batches/{batch_id}", 303)

    return router
