"""Case folders: why somebody is about to look."""

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
from index_service.lookups.operations.close_case import close_case
from index_service.lookups.operations.open_case import open_case
from index_service.lookups.queries import own_cases
from storage.database.session import Database
from viewer.cases.queries import own_case, purposes_agreed
from viewer.pages import Pages


def make_router(*, guard: Guard, database: Database, pages: Pages, now: Callable[[], datetime]) -> APIRouter:
    """Return the routes that open, list and close cases."""
    router = APIRouter(prefix="/cases", include_in_schema=False)
    opener = Annotated[Principal, Depends(guard.requires(Permission.LOOKUP_OPEN_CASE))]

    @router.get("", response_class=HTMLResponse)
    def get_cases(request: Request, actor: opener) -> Response:
        return listing(request, actor, {})

    def listing(
        request: Request, actor: Principal, typed: dict[str, str], problem: Problem | None = None
    ) -> Response:
        with database.reading() as session:
            cases = own_cases(session, actor)
            purposes = purposes_agreed(session, actor, now())
        return pages.render(
            request,
            "cases.html",
            principal=actor,
            problem=problem,
            cases=cases,
            purposes=purposes,
            typed=typed,
        )

    @router.post("")
    def post_case(
        request: Request,
        actor: opener,
        purpose: Annotated[str, Form()] = "",
        case_number: Annotated[str, Form()] = "",
        legal_basis: Annotated[str, Form()] = "",
    ) -> Response:
        agreement, _, named = purpose.partition("|")
        try:
            with database.writing() as session:
                folder = open_case(
                    session,
                    actor=actor,
                    purpose=named or purpose,
                    case_number=case_number,
                    legal_basis=legal_basis,
                    agreement_id=_id(agreement) if named else None,
                    at=now(),
                )
        except Problem as problem:
            typed = {"purpose": purpose, "case_number": case_number, "legal_basis": legal_basis}
            return listing(request, actor, typed, problem)
        return RedirectResponse(f"/cases/{folder.id}", 303)

    @router.post("/{case_id}/close")
    def post_close(case_id: uuid.UUID, actor: opener) -> Response:
        with database.writing() as session:
            close_case(session, actor=actor, folder=own_case(session, case_id, actor=actor), at=now())
        return RedirectResponse("/cases", 303)

    return router


def _id(text: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(text)
    except ValueError:
        return None
