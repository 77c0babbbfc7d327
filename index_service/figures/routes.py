"""The API of figures."""

from collections.abc import Callable
from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Depends

from access.http.guard import Guard
from access.permissions import Permission
from access.principal import Principal
from index_service.editions.queries import current_edition
from index_service.figures.queries import read_figures
from index_service.figures.schemas import FiguresOut
from storage.database.session import Database


def make_router(*, guard: Guard, database: Database, now: Callable[[], datetime]) -> APIRouter:
    """Return the route of the figures."""
    router = APIRouter(prefix="/api/v1/figures", tags=["figures"])
    reader = Annotated[Principal, Depends(guard.requires(Permission.FIGURES_VIEW))]

    @router.get("")
    def get_figures(actor: reader) -> FiguresOut:
        """Read the numbers in one's sight."""
        with database.reading() as session:
            figures = read_figures(session, actor=actor, edition=current_edition(session), at=now())
            return FiguresOut.model_validate(figures)

    return router
