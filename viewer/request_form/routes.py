"""Drafting and mending the application form."""

import uuid
from collections.abc import Callable
from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from access.http.guard import Guard
from access.http.problems import Problem, Stale
from access.permissions import Permission
from access.principal import Principal
from index_service.requests.operations.draft_request import draft_request
from index_service.requests.operations.edit_request import edit_request
from storage.database.session import Database
from viewer.pages import Pages
from viewer.request_form.draw_form import FormSheet
from viewer.request_form.form_page import typed_for_entry, typed_of
from viewer.request_form.read_form import TypedForm, TypedItem, read_form, typed_form
from viewer.requests.read_request import read_request

# These buttons change the form on screen and store nothing.
REDRAW = frozenset({"add", "look"})


def make_router(*, guard: Guard, database: Database, pages: Pages, now: Callable[[], datetime]) -> APIRouter:
    """Return the routes of the form."""
    router = APIRouter(prefix="/requests", include_in_schema=False)
    sheet = FormSheet(database, pages)
    _add_drafting(router, sheet, guard, database, now)
    _add_mending(router, sheet, guard, database, now)
    return router


def _add_drafting(
    router: APIRouter, sheet: FormSheet, guard: Guard, database: Database, now: Callable[[], datetime]
) -> None:
    drafter = Annotated[Principal, Depends(guard.requires(Permission.REQUEST_DRAFT))]
    form = Annotated[TypedForm, Depends(typed_form)]

    @router.get("/new", response_class=HTMLResponse)
    def get_new(
        request: Request, actor: drafter, kind: str = "index_correction", entry: str = ""
    ) -> Response:
        with database.reading() as session:
            typed = typed_for_entry(session, actor, entry) if entry else TypedForm(kind=kind)
        return sheet.draw(request, actor, typed)

    @router.post("/new")
    def post_new(
        request: Request, actor: drafter, typed: form, act: Annotated[str, Form()] = "save"
    ) -> Response:
        if act in REDRAW:
            return sheet.draw(request, actor, _redrawn(typed, act))
        try:
            with database.writing() as session:
                made = draft_request(session, actor=actor, form=read_form(session, typed), at=now())
        except Problem as problem:
            return sheet.draw(request, actor, typed, problem=problem)
        return RedirectResponse(f"/requests/{made.id}", 303)


def _add_mending(
    router: APIRouter, sheet: FormSheet, guard: Guard, database: Database, now: Callable[[], datetime]
) -> None:
    drafter = Annotated[Principal, Depends(guard.requires(Permission.REQUEST_DRAFT))]
    form = Annotated[TypedForm, Depends(typed_form)]

    @router.get("/{request_id}/form", response_class=HTMLResponse)
    def get_form(request: Request, request_id: uuid.UUID, actor: drafter) -> Response:
        with database.reading() as session:
            stored = read_request(session, request_id, actor=actor).request
            typed = typed_of(session, stored)
        return sheet.draw(request, actor, typed, request_id=request_id, row_version=stored.row_version)

    @router.post("/{request_id}/form")
    def post_form(
        request: Request,
        request_id: uuid.UUID,
        actor: drafter,
        typed: form,
        row_version: Annotated[int, Form()],
        act: Annotated[str, Form()] = "save",
    ) -> Response:
        if act in REDRAW:
            return sheet.draw(
                request, actor, _redrawn(typed, act), request_id=request_id, row_version=row_version
            )
        try:
            with database.writing() as session:
                edit_request(
                    session,
                    actor=actor,
                    request_id=request_id,
                    row_version=row_version,
                    form=read_form(session, typed),
                    at=now(),
                )
        except Problem as problem:
            if isinstance(problem, Stale):
                row_version = current_version(actor, request_id)
            return sheet.draw(
                request, actor, typed, problem=problem, request_id=request_id, row_version=row_version
            )
        return RedirectResponse(f"/requests/{request_id}", 303)

    def current_version(actor: Principal, request_id: uuid.UUID) -> int:
        with database.reading() as session:
            return read_request(session, request_id, actor=actor).request.row_version


def _redrawn(typed: TypedForm, act: str) -> TypedForm:
    if act == "add":
        typed.items.append(TypedItem(volume=typed.items[-1].volume if typed.items else ""))
    return typed
