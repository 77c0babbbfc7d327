"""Health: may traffic be sent here?"""

from typing import Annotated

from fastapi import APIRouter, Depends, Response
from sqlalchemy import text

from access.principal import Principal
from huji.wiring import House


def make_router(house: House) -> APIRouter:
    """Return the health route: 200 while the database answers."""
    router = APIRouter(tags=["health"])

    @router.get("/healthz", response_class=Response)
    def healthz(_anybody: Annotated[Principal | None, Depends(house.guard.open_to_all())]) -> Response:
        with house.database.reading() as session:
            session.execute(text("SELECT 1"))
        return Response("ok\n", media_type="text/plain")

    return router
