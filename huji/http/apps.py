"""The HTTP applications: ingest, index and viewer, each alone behind the proxy, or all in one process."""

from collections.abc import Iterable

from fastapi import FastAPI

from huji.http.headers import add_headers
from huji.http.health import make_router as make_health
from huji.http.problems import answer_problems
from huji.http.rooms import mount
from huji.wiring import House
from viewer.pages import Pages


def make_app(house: House, rooms: Iterable[str]) -> FastAPI:
    """Compose an application of the named rooms ("ingest", "index", "viewer").

    With the viewer among them, errors are drawn as pages for those who ask for pages.

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
        mount(room, house, app)
    answer_problems(app, Pages().error if "viewer" in wanted else None)
    add_headers(app)
    return app
