"""Signing in and out, and the way home."""

from collections.abc import Callable
from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from access.http.guard import COOKIE, Guard
from access.http.problems import Problem
from access.permissions import Permission
from access.principal import Principal
from access.sessions.operations.sign_in import LONGEST, sign_in
from access.sessions.operations.sign_out import sign_out
from storage.database.session import Database
from viewer.menu import menu_of
from viewer.pages import Pages


def make_router(
    *, guard: Guard, database: Database, pages: Pages, now: Callable[[], datetime], secure_cookies: bool
) -> APIRouter:
    """Return the routes of signing in and out."""
    router = APIRouter(include_in_schema=False)
    anybody = Annotated[Principal | None, Depends(guard.open_to_all())]
    signed_in = Annotated[Principal, Depends(guard.requires(Permission.SELF))]

    def form(
        request: Request, next_page: str, username: str = "", problem: Problem | None = None
    ) -> Response:
        return pages.render(
            request,
            "sign_in.html",
            next=_own_page(next_page),
            username=username,
            problem=problem,
        )

    @router.get("/sign-in", response_class=HTMLResponse)
    def get_sign_in(request: Request, _anybody: anybody, next: str = "/") -> Response:
        return form(request, next)

    @router.post("/sign-in", response_class=HTMLResponse)
    def post_sign_in(
        request: Request,
        _anybody: anybody,
        username: Annotated[str, Form(max_length=64)],
        password: Annotated[str, Form(max_length=200)],
        next: Annotated[str, Form()] = "/",
    ) -> Response:
        guard.check_not_foreign(request)
        with database.writing() as session:
            done = sign_in(session, username=username.strip(), password=password, at=now())
        if done.problem is not None:
            return form(request, next, username, done.problem)
        response = RedirectResponse(_own_page(next), 303)
        response.set_cookie(
            COOKIE,
            done.token,
            max_age=int(LONGEST.total_seconds()),
            httponly=True,
            samesite="strict",
            secure=secure_cookies,
        )
        return response

    @router.post("/sign-out")
    def post_sign_out(request: Request, actor: signed_in) -> Response:
        with database.writing() as session:
            sign_out(session, actor=actor, token=request.cookies.get(COOKIE, ""), at=now())
        response = RedirectResponse("/sign-in", 303)
        response.delete_cookie(COOKIE)
        return response

    @router.get("/")
    def get_home(actor: signed_in) -> Response:
        links = menu_of(actor)
        return RedirectResponse(links[0].href if links else "/notices", 303)

    return router


def _own_page(path: str) -> str:
    """Return the path if it is one of ours, and the home page if it leads elsewhere."""
    ours = path.startswith("/") and not path.startswith(("//", "/\\")) and path.isprintable()
    return path if ours else "/"
