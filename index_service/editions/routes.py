"""The API of editions."""

from collections.abc import Callable
from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Depends, Query

from access.http.guard import Guard
from access.permissions import Permission
from access.principal import Principal
from index_service.editions import schemas
from index_service.editions.operations.reverse_edition import reverse_edition
from index_service.editions.queries import current_edition, list_editions
from index_service.requests.rules import DEFAULT_RULES, RequestRules
from storage.database.session import Database


def make_router(
    *,
    guard: Guard,
    database: Database,
    now: Callable[[], datetime],
    rules: RequestRules = DEFAULT_RULES,
) -> APIRouter:
    """Return the routes of editions."""
    router = APIRouter(prefix="/api/v1/editions", tags=["editions"])
    viewer = Annotated[Principal, Depends(guard.requires(Permission.EDITION_VIEW))]
    reverser = Annotated[Principal, Depends(guard.requires(Permission.EDITION_REVERSE))]

    @router.get("")
    def get_editions(
        actor: viewer, before: int | None = None, limit: Annotated[int, Query(ge=1, le=200)] = 50
    ) -> schemas.EditionList:
        """List editions, newest first: an office its own."""
        office_id = None if actor.sees_every_office else actor.office_id
        with database.reading() as session:
            rows = list_editions(session, office_id=office_id, before=before, limit=limit)
            return schemas.EditionList(
                current=current_edition(session),
                editions=[schemas.EditionOut.model_validate(row) for row in rows],
                next=rows[-1].number if len(rows) == limit else None,
            )

    @router.post("/{number}/reverse", status_code=201)
    def post_reverse(number: int, body: schemas.Reverse, actor: reverser) -> schemas.Reversal:
        """Open the request that would undo an edition; it goes through the same gate as any other."""
        with database.writing() as session:
            request = reverse_edition(
                session, actor=actor, number=number, reason=body.reason, rules=rules, at=now()
            )
            return schemas.Reversal(request_id=request.id, number=request.number)

    return router
