"""The stations' API for rescan orders."""

import uuid
from typing import Annotated

from fastapi import APIRouter, Depends, Query

from access.http.cursors import decode_cursor, encode_cursor
from access.http.guard import Guard
from access.permissions import Permission
from access.principal import Principal
from ingest.orders.queries import open_orders
from ingest.orders.schemas import OrderList
from storage.database.session import Database


def make_router(*, guard: Guard, database: Database) -> APIRouter:
    """Return the route below /api/v1/ingest that lists what is to be scanned again."""
    router = APIRouter(prefix="/api/v1/ingest/orders", tags=["orders"])
    viewer = Annotated[Principal, Depends(guard.requires(Permission.BATCH_VIEW))]

    @router.get("")
    def list_open(
        actor: viewer,
        cursor: str | None = None,
        limit: Annotated[int, Query(ge=1, le=200)] = 100,
    ) -> OrderList:
        """List the rescans (補掃) that are open for one's own office."""
        after = decode_cursor(cursor, uuid.UUID)[0] if cursor else None
        with database.reading() as session:
            found, last = open_orders(session, actor=actor, after=after, limit=limit)
        return OrderList(orders=found, next=encode_cursor(last) if last else None)

    return router
