"""Every body that a program may send is read by a schema that takes no text that cannot be stored."""

from collections.abc import Iterator

from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute
from pydantic import BaseModel

from access.http.asked import Asked
from huji.http.apps import make_app
from huji.settings import Settings
from huji.wiring import build_house
from tests.http.test_every_route_declares_its_permission import ROOMS, leaves


def _bodies(dependant: Dependant) -> Iterator[object]:
    yield from (one.field_info.annotation for one in dependant.body_params)
    for inner in dependant.dependencies:
        yield from _bodies(inner)


def test_every_body_holds_text_alone(sqlite_url: str) -> None:
    app = make_app(build_house(Settings(database_url=sqlite_url)), ROOMS)
    bodies = {
        body
        for route in leaves(app.routes)
        if isinstance(route, APIRoute)
        for body in _bodies(route.dependant)
        if isinstance(body, type) and issubclass(body, BaseModel)
    }
    assert len(bodies) > 15
    unbound = sorted(f"{one.__module__}.{one.__qualname__}" for one in bodies if not issubclass(one, Asked))
    assert unbound == [], "\n".join(unbound)
