"""Notices of the party's organisation."""

import uuid
from collections.abc import Callable
from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from access.http.guard import Guard
from access.permissions import Permission
from access.principal import Principal
from index_service.notices.operations.read_notice import read_notice
from index_service.notices.queries import list_notices
from storage.database.session import Database
from viewer.notices.tell_notice import tell_notice
from viewer.pages import Pages


def make_router(*, guard: Guard, database: Database, pages: Pages, now: Callable[[], datetime]) -> APIRouter:
    """Return the routes that list notices and put down that one was read."""
    router = APIRouter(prefix="/notices", include_in_schema=False)
    reader = Annotated[Principal, Depends(guard.requires(Permission.NOTICE_VIEW))]

    @router.get("", response_class=HTMLResponse)
    def get_notices(request: Request, actor: reader) -> Response:
        with database.reading() as session:
            notices = list_notices(session, actor=actor, limit=100)
        told = [tell_notice(one, actor) for one in notices]
        return pages.render(request, "notices.html", principal=actor, notices=told)

    @router.post("/{notice_id}/read")
    def post_read(notice_id: uuid.UUID, actor: reader) -> Response:
        with database.writing() as session:
            read_notice(session, actor=actor, notice_id=notice_id, at=now())
        return RedirectResponse("/notices", 303)

    return router
