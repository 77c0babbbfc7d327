"""Every route of every application declares the one permission it asks for."""

from collections.abc import Iterator, Sequence

import pytest
from fastapi import FastAPI
from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute
from starlette.routing import BaseRoute

from access.permissions import POLICY, Permission
from huji.http.apps import make_app
from huji.settings import Settings
from huji.wiring import build_house

# Neither holds a row of anybody's: style sheets and scripts, and the description of the API.
EXCEPTED = frozenset({"/static", "/api/v1/openapi.json"})
ROOMS = ("ingest", "index", "viewer")
OPEN = frozenset({"/healthz", "/sign-in"})


@pytest.fixture
def app(sqlite_url: str) -> FastAPI:
    """All rooms in one application."""
    return make_app(build_house(Settings(database_url=sqlite_url)), ROOMS)


def permissions_of(dependant: Dependant) -> Iterator[Permission]:
    """The permissions a route's dependencies ask for."""
    declared = getattr(dependant.call, "permission", None)
    if isinstance(declared, Permission):
        yield declared
    for one in dependant.dependencies:
        yield from permissions_of(one)


def leaves(routes: Sequence[BaseRoute]) -> Iterator[BaseRoute]:
    """Every route, those of included routers too (FastAPI keeps them folded)."""
    for route in routes:
        folded = getattr(route, "original_router", None)
        if folded is None:
            yield route
        else:
            yield from leaves(folded.routes)


def undeclared(routes: Sequence[BaseRoute]) -> list[str]:
    """Return the routes that declare no permission, or more than one."""
    faults = []
    for route in leaves(routes):
        path = getattr(route, "path", str(route))
        if path in EXCEPTED:
            continue
        if not isinstance(route, APIRoute) or len(set(permissions_of(route.dependant))) != 1:
            faults.append(path)
    return faults


def test_every_route_declares_exactly_one_permission(app: FastAPI) -> None:
    assert len(list(leaves(app.routes))) > 100
    assert undeclared(app.routes) == []


def test_every_permission_asked_for_stands_in_the_policy(app: FastAPI) -> None:
    routes = [route for route in leaves(app.routes) if isinstance(route, APIRoute)]
    asked = {one for route in routes for one in permissions_of(route.dependant)}
    assert len(asked) > 15
    assert asked <= POLICY.keys()


def test_only_these_are_open_to_all(app: FastAPI) -> None:
    open_to_all = {
        route.path
        for route in leaves(app.routes)
        if isinstance(route, APIRoute) and Permission.PUBLIC in permissions_of(route.dependant)
    }
    assert open_to_all == OPEN


def test_a_route_that_declares_none_is_seen(app: FastAPI) -> None:
    @app.get("/forgotten")
    def forgotten() -> str:
        return "oops"

    app.mount("/aside", FastAPI())
    assert undeclared(app.routes) == ["/forgotten", "/aside"]
