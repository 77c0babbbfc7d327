"""A small application behind the guard, to knock at."""

from datetime import datetime, timedelta
from typing import Annotated

from fastapi import Depends, FastAPI, Request
from fastapi.responses import JSONResponse
from fastapi.testclient import TestClient
from starlette.responses import Response

from access.http.guard import COOKIE, Guard
from access.http.problems import Problem
from access.permissions import Permission
from access.principal import Principal
from access.sessions.operations.sign_in import sign_in
from storage.database.session import Database
from tests.access.people import NOON, PASSWORD

PUBLIC_URL = "https://huji.example"


class Clock:
    """A clock that stands until it is moved."""

    def __init__(self) -> None:
        self.at = NOON

    def __call__(self) -> datetime:
        return self.at

    def forward(self, span: timedelta) -> None:
        """Move on."""
        self.at += span


def make_door(database: Database, clock: Clock) -> TestClient:
    """One route for auditors to read, one to post to, and one open to all."""
    guard = Guard(database=database, now=clock, public_url=PUBLIC_URL)
    app = FastAPI()
    auditor = Annotated[Principal, Depends(guard.requires(Permission.AUDIT_VIEW))]
    anybody = Annotated[Principal | None, Depends(guard.open_to_all())]

    @app.exception_handler(Problem)
    def answer(_request: Request, problem: Problem) -> Response:
        return JSONResponse(problem.as_document(), problem.status)

    @app.get("/events")
    def read(actor: auditor) -> str:
        return actor.name

    @app.post("/events")
    def write(actor: auditor) -> str:
        return actor.name

    @app.get("/open")
    def look(actor: anybody) -> str:
        return actor.name if actor else "nobody"

    @app.post("/enter")
    def enter(request: Request, _actor: anybody) -> str:
        guard.check_not_foreign(request)
        return "in"

    return TestClient(app, base_url="http://viewer:8003")


def enter(client: TestClient, database: Database, username: str) -> str:
    """Sign in, keep the cookie, and return the token."""
    with database.writing() as session:
        done = sign_in(session, username=username, password=PASSWORD, at=NOON)
    client.cookies.set(COOKIE, done.token)
    return done.token
