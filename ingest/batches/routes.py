"""The stations' API for batches."""

import uuid
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Depends, Header, Query, Response

from access.http.cursors import decode_cursor, encode_cursor
from access.http.guard import Guard
from access.permissions import Permission
from access.principal import Principal
from ingest.batches.operations.declare_batch import declare_batch
from ingest.batches.operations.retry_page import retry_page
from ingest.batches.operations.set_aside_page import set_aside_page
from ingest.batches.queries import describe_batch, latest_batches, visible_batch
from ingest.batches.schemas import BatchList, BatchView, Manifest, SetAside
from storage.database.session import Database

Nudge = Callable[[Sequence[uuid.UUID]], object]


def make_router(*, guard: Guard, database: Database, now: Callable[[], datetime], nudge: Nudge) -> APIRouter:
    """Return the routes below /api/v1/ingest that declare and show batches; `nudge` gets runs newly owed."""
    router = APIRouter(prefix="/api/v1/ingest/batches", tags=["batches"])
    declarer = Depends(guard.requires(Permission.BATCH_DECLARE))
    viewer = Depends(guard.requires(Permission.BATCH_VIEW))
    retrier = Depends(guard.requires(Permission.BATCH_RETRY))

    @router.post("", status_code=201)
    def declare(
        manifest: Manifest,
        principal: Annotated[Principal, declarer],
        response: Response,
        idempotency_key: Annotated[str, Header()] = "",
    ) -> BatchView:
        """Declare a batch; the same key and manifest answer 200 with the batch declared before."""
        with database.writing() as session:
            batch, new = declare_batch(
                session, actor=principal, key=idempotency_key, manifest=manifest, at=now()
            )
            response.status_code = 201 if new else 200
            response.headers["Location"] = f"/api/v1/ingest/batches/{batch.id}"
            return describe_batch(session, batch=batch)

    @router.get("")
    def latest(
        principal: Annotated[Principal, viewer],
        cursor: str | None = None,
        limit: Annotated[int, Query(ge=1, le=200)] = 50,
    ) -> BatchList:
        """Show the batches in sight, newest first."""
        before = decode_cursor(cursor, uuid.UUID)[0] if cursor else None
        with database.reading() as session:
            found = latest_batches(session, actor=principal, before=before, limit=limit)
        following = encode_cursor(found[-1].id) if len(found) == limit else None
        return BatchList(batches=found, next=following)

    @router.get("/{batch_id}")
    def show(batch_id: uuid.UUID, principal: Annotated[Principal, viewer]) -> BatchView:
        """Show a batch: progress, files, and the pages that need somebody."""
        with database.reading() as session:
            batch = visible_batch(session, actor=principal, batch_id=batch_id)
            return describe_batch(session, batch=batch)

    @router.post("/{batch_id}/pages/{page_id}/retry")
    def retry(batch_id: uuid.UUID, page_id: uuid.UUID, principal: Annotated[Principal, retrier]) -> BatchView:
        """Give a failed page another run."""
        with database.writing() as session:
            run = retry_page(session, actor=principal, batch_id=batch_id, page_id=page_id, at=now())
            view = describe_batch(session, batch=visible_batch(session, actor=principal, batch_id=batch_id))
        nudge([run.id])
        return view

    @router.post("/{batch_id}/pages/{page_id}/set-aside")
    def set_aside(
        batch_id: uuid.UUID, page_id: uuid.UUID, body: SetAside, principal: Annotated[Principal, retrier]
    ) -> BatchView:
        """Leave a page out, so that the batch goes on without it."""
        with database.writing() as session:
            set_aside_page(
                session, actor=principal, batch_id=batch_id, page_id=page_id, reason=body.reason, at=now()
            )
            return describe_batch(session, batch=visible_batch(session, actor=principal, batch_id=batch_id))

    return router
