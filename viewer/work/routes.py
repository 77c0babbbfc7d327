"""The operator's desk."""

import uuid
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from sqlalchemy.orm import Session

from access.http.guard import Guard
from access.http.problems import Problem, Stale
from access.permissions import Permission
from access.principal import Principal
from index_service.requests.operations.ask_office import ask_office
from index_service.requests.operations.deliver_request import deliver_request
from index_service.requests.operations.order_rescan import PageToRescan, order_rescan
from index_service.requests.operations.recall_delivery import recall_delivery
from index_service.requests.operations.start_request import start_request
from storage.database.session import Database
from viewer.pages import Pages
from viewer.requests.read_request import read_request
from viewer.work.item_desk import item_desks
from viewer.work.operations.save_entry import save_entry
from viewer.work.operations.stage_item import stage_item
from viewer.work.queries import entry_desk, my_work, staged_entries, staged_images

Step = Literal["start", "deliver", "ask", "recall"]
CONFIRM_ONE = "confirm:"


def make_router(*, guard: Guard, database: Database, pages: Pages, now: Callable[[], datetime]) -> APIRouter:
    """Return the routes of the operator's screens."""
    router = APIRouter(prefix="/work", include_in_schema=False)
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
        return desk(request, actor, request_id, change)

    def desk(
        request: Request,
        actor: Principal,
        request_id: uuid.UUID,
        change_id: uuid.UUID | None,
        problem: Problem | None = None,
        typed: Mapping[str, str] | None = None,
    ) -> Response:
        with database.reading() as session:
            file = read_request(session, request_id, actor=actor)
            queue = staged_entries(session, file.request)
            chosen = change_id or (queue[0].change_id if queue else None)
            current = entry_desk(session, file.request, chosen) if chosen else None
            images = staged_images(session, file.request)
            items = item_desks(session, file.request, file.items)
        place = next((n for n, line in enumerate(queue) if line.change_id == chosen), 0)
        return pages.render(
            request,
            "work.html",
            principal=actor,
            problem=problem,
            file=file,
            queue=queue,
            current=current,
            before=queue[place - 1] if place > 0 else None,
            after=queue[place + 1] if place + 1 < len(queue) else None,
            images=images,
            items=items,
            typed=typed or {},
            stale=isinstance(problem, Stale),
            editable=file.line.state == "in_maintenance" and file.request.operator_id == actor.account_id,
        )

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
            return desk(request, actor, request_id, change_id, problem, texts)
        stays = "" if act == "confirm_all" else f"?change={change_id}"
        return RedirectResponse(f"/work/{request_id}{stays}", 303)

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
            return desk(request, actor, request_id, None, problem, texts)
        return RedirectResponse(f"/work/{request_id}?change={change.id}", 303)

    @router.post("/{request_id}/rescan")
    def post_rescan(
        request: Request,
        request_id: uuid.UUID,
        actor: operator,
        page: Annotated[list[uuid.UUID], Form()],
        reason: Annotated[list[str], Form()],
    ) -> Response:
        wanted = [PageToRescan(one, why) for one, why in zip(page, reason, strict=True) if why.strip()]
        try:
            with database.writing() as session:
                order_rescan(session, actor=actor, request_id=request_id, pages=wanted, at=now())
        except Problem as problem:
            return desk(request, actor, request_id, None, problem)
        return RedirectResponse(f"/work/{request_id}", 303)

    @router.post("/{request_id}/{step}")
    def post_step(
        request: Request,
        request_id: uuid.UUID,
        step: Step,
        actor: operator,
        reason: Annotated[str, Form()] = "",
    ) -> Response:
        try:
            with database.writing() as session:
                _take(session, step, actor, request_id, tuple(filter(None, [reason.strip()])), now())
        except Problem as problem:
            return desk(request, actor, request_id, None, problem)
        return RedirectResponse(f"/work/{request_id}" if step != "deliver" else "/work", 303)

    return router


def _take(
    session: Session, step: Step, actor: Principal, request_id: uuid.UUID, reasons: tuple[str, ...], at: datetime
) -> None:
    if step == "start":
        start_request(session, actor=actor, request_id=request_id, at=at)
    elif step == "deliver":
        deliver_request(session, actor=actor, request_id=request_id, at=at)
    elif step == "ask":
        ask_office(session, actor=actor, request_id=request_id, reasons=reasons, at=at)
    else:
        recall_delivery(session, actor=actor, request_id=request_id, reasons=reasons, at=at)


def _confirmed(act: str) -> list[str] | None:
    """Return the keys a button confirms: None for all, none for saving alone."""
    if act == "confirm_all":
        return None
    return [act.removeprefix(CONFIRM_ONE)] if act.startswith(CONFIRM_ONE) else []
