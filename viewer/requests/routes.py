"""Requests, and each page before and after."""

import uuid
from collections.abc import Callable
from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.responses import HTMLResponse, Response

from access.http.guard import Guard
from access.permissions import Permission
from access.principal import Principal
from index_service.requests.operations.record_opening import record_opening
from index_service.requests.queries import list_requests
from storage.database.session import Database
from viewer.pages import Pages
from viewer.requests.compare_page import compare_page
from viewer.requests.draw_request import RequestSheet
from viewer.requests.queries import pages_of
from viewer.requests.read_request import read_request, request_lines

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
    """Return the routes by which requests are read."""
    router = APIRouter(prefix="/requests", include_in_schema=False)
    sheet = RequestSheet(database, pages)
    viewer = Annotated[Principal, Depends(guard.requires(Permission.REQUEST_VIEW))]
    comparer = Annotated[Principal, Depends(guard.requires(Permission.CHANGE_VIEW))]

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
        return sheet.draw(request, actor, request_id)

    @router.get("/{request_id}/pages/{page_id}", response_class=HTMLResponse)
    def get_comparison(
        request: Request, request_id: uuid.UUID, page_id: uuid.UUID, actor: comparer
    ) -> Response:
        with database.reading() as session:
            file = read_request(session, request_id, actor=actor)
            compared = compare_page(session, file.request, page_id, actor=actor)
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
        open_values(actor, request_id, page_id, file.request.delivery)
        return answer

    def open_values(actor: Principal, request_id: uuid.UUID, page_id: uuid.UUID, delivery: int) -> None:
        """The page with the values is ready to be sent: they count as opened in the delivery they are of."""
        with database.writing() as session:
            record_opening(
                session,
                actor=actor,
                request_id=request_id,
                page_id=page_id,
                part="values",
                delivery=delivery,
                at=now(),
            )

    return router
