"""The stations' API for counting a volume."""

import uuid
from typing import Annotated

from fastapi import APIRouter, Depends, Query

from access.http.cursors import decode_cursor
from access.http.guard import Guard
from access.permissions import Permission
from access.principal import Principal
from ingest.volumes.queries import count_volume, own_volume
from ingest.volumes.schemas import VolumeCount
from storage.database.session import Database

MOST_PAGES = 1000
LARGEST_PLACE = 2**31 - 1


def make_router(*, guard: Guard, database: Database) -> APIRouter:
    """Return the route below /api/v1/ingest that tells a station what is there of its volume."""
    router = APIRouter(prefix="/api/v1/ingest/volumes", tags=["volumes"])
    viewer = Annotated[Principal, Depends(guard.requires(Permission.BATCH_VIEW))]

    @router.get("/{designation:path}")
    def count(
        designation: str,
        actor: viewer,
        cursor: str | None = None,
        limit: Annotated[int, Query(ge=1, le=MOST_PAGES)] = MOST_PAGES,
    ) -> VolumeCount:
        """Tell which pages of one's own office's volume are there, so that the book may be counted closed."""
        after = decode_cursor(cursor, _place, uuid.UUID) if cursor else None
        with database.reading() as session:
            volume = own_volume(session, actor=actor, designation=designation)
            return count_volume(
                session, volume=volume, after=(after[0], after[1]) if after else None, limit=limit
            )

    return router


def _place(value: object) -> int:
    if not isinstance(value, int) or not -LARGEST_PLACE <= value <= LARGEST_PLACE:
        raise ValueError("a place is a 32-bit number")
    return value
