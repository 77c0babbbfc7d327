"""The HTTP applications: ingest, index and viewer, each alone behind the proxy, or all in one process."""

from collections.abc import Callable, Iterable

from fastapi import APIRouter, FastAPI

from huji.http.headers import add_headers
from huji.http.health import make_router as make_health
from huji.http.problems import ErrorPage, answer_problems
from huji.http.rooms import ROOMS
from huji.wiring import House

RoomRouters = Callable[[House], Iterable[APIRouter]]


def make_app(house: House, rooms: Iterable[str], error_page: ErrorPage | None = None) -> FastAPI:
    """Compose an application of the named rooms ("ingest", "index", "viewer").

    Raises:
        KeyError: no such room.
    """
    wanted = tuple(rooms)
    app = FastAPI(
        title="Huji 戶籍資料數位化",
        version="1",
        summary="Register pages, their index, and every look at them",
        openapi_url="/api/v1/openapi.json",
        docs_url=None,
        redoc_url=None,
    )
    app.include_router(make_health(house))
    for room in wanted:
        ROOMS[room](house, app)
    answer_problems(app, error_page)
    add_headers(app)
    return app
