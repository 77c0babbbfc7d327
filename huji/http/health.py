"""Health: may traffic be sent here?"""

from typing import Annotated

from fastapi import APIRouter, Depends, Response
from sqlalchemy import text

from access.permissions import Permission
from access.principal import Principal
from huji.wiring import House


class _Open:
    """Lets anybody in; says so."""

    permission = Permission.PUBLIC

    def __call__(self) -> Principal | None:
        """Return nobody."""
        return None


def make_router(house: House) -> APIRouter:
    """Return the health route: 200 while the database answers."""
    router = APIRouter(tags=["health"])

    @router.get("/healthz", response_class=Response)
    def healthz(_open: Annotated[None, Depends(_Open())]) -> Response:
        with house.database.reading() as session:
            session.execute(text("SELECT 1"))
        return Response("ok\n", media_type="text/plain")

    return router
