"""The operator's desk."""

import uuid
from collections.abc import Callable
from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from access.http.guard import Guard
from access.http.problems import Problem
from access.permissions import Permission
from access.principal import Principal
from storage.database.session import Database
from viewer.pages import Pages
from viewer.requests.read_request import read_request
from viewer.work.draw_desk import Desk
from viewer.work.operations.save_entry import save_entry
from viewer.work.operations.stage_item import stage_item
from viewer.work.queries import my_work

CONFIRM_ONE = "confirm:"


def make_router(*, guard: Guard, database: Database, pages: Pages, now: Callable[[], datetime]) -> APIRouter:
    """Return the routes by which the operator reads and mends what is staged."""
    router = APIRouter(prefix="/maintenance", include_in_schema=False)
    desk = Desk(database, pages)
    operator = Annotated[Principal, Depends(guard.requires(Permission.REQUEST_MAINTAIN))]
    editor = Annotated[Principal, Depends(guard.requires(Permission.CHANGE_EDIT))]

    @router.get("", response_class=HTMLResponse)
    def get_work(request: Request, actor: operator) -> Response:
        with database.reading() as session:
            lines = my_work(session, actor)
        return pages.render(request, "work_list.html", principal=actor, requests=lines)

    @router.get("/{request_id}", response_class=HTMLResponse)
    def get_desk(
        request: Request, request_id: uuid.UUID, actor: operator, change: uuid.UUID | None = None
    ) -> Response:
        return desk.draw(request, actor, request_id, change)

    @router.post("/{request_id}/changes/{change_id}")
    def post_entry(
        request: Request,
        request_id: uuid.UUID,
        change_id: uuid.UUID,
        actor: editor,
        row_version: Annotated[int, Form()],
        key: Annotated[list[str], Form()],
        text: Annotated[list[str], Form()],
        was: Annotated[list[str], Form()],
        act: Annotated[str, Form()] = "save",
    ) -> Response:
        rows = list(zip(key, text, was, strict=True))
        texts = {name: typed for name, typed, before in rows if typed != before}
        try:
            with database.writing() as session:
                read_request(session, request_id, actor=actor)
                save_entry(
                    session,
                    actor=actor,
                    change_id=change_id,
                    row_version=row_version,
                    texts=texts,
                    confirmed=_confirmed(act),
                    at=now(),
                )
        except Problem as problem:
            return desk.draw(request, actor, request_id, change_id, problem, texts)
        stays = "" if act == "confirm_all" else f"?change={change_id}"
        return RedirectResponse(f"/maintenance/{request_id}{stays}", 303)

    @router.post("/{request_id}/items/{item_id}")
    def post_item(
        request: Request,
        request_id: uuid.UUID,
        item_id: uuid.UUID,
        actor: editor,
        key: Annotated[list[str], Form()],
        text: Annotated[list[str], Form()],
        was: Annotated[list[str], Form()],
        line: Annotated[str, Form()] = "",
    ) -> Response:
        texts = {name: typed for name, typed, before in zip(key, text, was, strict=True) if typed != before}
        try:
            with database.writing() as session:
                read_request(session, request_id, actor=actor)
                change = stage_item(
                    session,
                    actor=actor,
                    request_id=request_id,
                    item_id=item_id,
                    texts=texts,
                    line=int(line) if line.isdecimal() else None,
                    at=now(),
                )
        except Problem as problem:
            return desk.draw(request, actor, request_id, None, problem, texts)
        return RedirectResponse(f"/maintenance/{request_id}?change={change.id}", 303)

    return router


def _confirmed(act: str) -> list[str] | None:
    """Return the keys a button confirms: None for all, none for saving alone."""
    if act == "confirm_all":
        return None
    return [act.removeprefix(CONFIRM_ONE)] if act.startswith(CONFIRM_ONE) else []
