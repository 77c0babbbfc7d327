"""Problems, answered: an RFC 9457 document to programs, a page to people. Never a stack."""

import logging
from collections.abc import Callable
from typing import Any
from urllib.parse import quote

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, RedirectResponse
from sqlalchemy.exc import DataError, IntegrityError, OperationalError
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect
from starlette.responses import Response

from access.http.problems import Conflict, Invalid, Problem, SignInNeeded, Unavailable
from storage.objects.errors import StoreUnavailable

MEDIA_TYPE = "application/problem+json"
ErrorPage = Callable[[Request, Problem], Response]

_log = logging.getLogger(__name__)


def answer_problems(app: FastAPI, error_page: ErrorPage | None) -> None:
    """Teach an application to answer every error as a problem; `error_page` draws it for people."""

    def answer(request: Request, problem: Problem) -> Response:
        if error_page is None or not _wants_page(request):
            return JSONResponse(
                problem.as_document(), problem.status, headers=_headers(problem), media_type=MEDIA_TYPE
            )
        if isinstance(problem, SignInNeeded) and request.method == "GET":
            return RedirectResponse(f"/sign-in?next={quote(request.url.path)}", 303)
        return error_page(request, problem)

    def on(kind: type[Exception], translate: Callable[[Any], Problem]) -> None:
        def handle(request: Request, error: Exception) -> Response:
            return answer(request, translate(error))

        app.add_exception_handler(kind, handle)

    on(Problem, lambda error: error)
    on(RequestValidationError, _invalid)
    on(HTTPException, _http)
    on(DataError, _unstorable)
    on(IntegrityError, _raced)
    on(OperationalError, _unavailable)
    on(StoreUnavailable, _unavailable)
    on(Exception, _unexpected)
    app.add_exception_handler(ClientDisconnect, _line_cut)


def _wants_page(request: Request) -> bool:
    return not request.url.path.startswith("/api/") and "text/html" in request.headers.get("accept", "")


def _headers(problem: Problem) -> dict[str, str]:
    return {"WWW-Authenticate": "Bearer"} if problem.status == 401 else {}


def _invalid(error: RequestValidationError) -> Problem:
    """List where and why, but not what was sent: it may hold personal data."""
    defects = [
        {"field": ".".join(str(part) for part in defect["loc"]), "en": defect["msg"]}
        for defect in error.errors()
    ]
    zh, en = "送出的資料格式有誤。", "What was sent is not well-formed."
    return Invalid("body_invalid", zh, en, defects=defects)


def _http(error: HTTPException) -> Problem:
    problem = Problem(f"http_{error.status_code}", "無法處理這個要求。", str(error.detail))
    if error.status_code == 404:
        problem = Problem("no_such_page", "查無此頁。", "There is no such page.")
    problem.status = error.status_code
    return problem


def _unstorable(error: DataError) -> Problem:
    """Nothing a person types: a NUL within a text, or a number beyond any column."""
    _log.warning("a value fits no column: %s", type(error.orig).__name__)
    return Invalid(
        "value_unstorable",
        "送出的資料含有無法儲存的字元或數值，未儲存任何資料，請更正後再送。",
        "What was sent holds a character or number that cannot be stored; nothing was. Correct it.",
    )


def _raced(error: IntegrityError) -> Problem:
    _log.warning("a constraint refused a write: %s", type(error.orig).__name__)
    return Conflict(
        "raced",
        "同時有另一筆異動，本次未儲存任何資料，請重新整理後再試。",
        "Another change came first; nothing of this one was stored. Reload and try again.",
    )


def _unavailable(error: Exception) -> Problem:
    _log.error("a part of the house did not answer: %s", type(error).__name__, exc_info=error)
    zh, en = "系統暫時無法服務，請稍後再試。", "A service is away just now: try again shortly."
    return Unavailable("unavailable", zh, en)


def _line_cut(request: Request, _error: Exception) -> Response:
    """Note a line that was cut in mid body: a station's daily weather, which its client mends by itself.

    The route's pattern is written, not the address, which may name a person. Nobody is left to answer.
    """
    pattern = getattr(request.scope.get("route"), "path", "an unknown route")
    _log.warning("the line was cut in the middle of a request: %s %s", request.method, pattern)
    return Response(status_code=400)


def _unexpected(error: Exception) -> Problem:
    _log.error("unexpected error", exc_info=error)
    problem = Problem(
        "unexpected",
        "系統發生未預期的錯誤，已留下紀錄；您的資料未受影響。",
        "Something unexpected happened and was logged. Nothing of yours was changed.",
    )
    problem.status = 500
    return problem
