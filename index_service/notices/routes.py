"""The API of notices."""

import uuid
from collections.abc import Callable
from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Depends, Query

from access.http.cursors import decode_cursor, encode_cursor
from access.http.guard import Guard
from access.permissions import Permission
from access.principal import Principal
from index_service.notices import schemas
from index_service.notices.operations.read_notice import read_notice
from index_service.notices.queries import count_unread, list_notices
from storage.database.session import Database


def make_router(*, guard: Guard, database: Database, now: Callable[[], datetime]) -> APIRouter:
    """Return the routes of notices."""
    router = APIRouter(prefix="/api/v1/notices", tags=["notices"])
    reader = Annotated[Principal, Depends(guard.requires(Permission.NOTICE_VIEW))]

    @router.get("")
    def get_notices(
        actor: reader,
        unread: bool = False,
        cursor: str | None = None,
        limit: Annotated[int, Query(ge=1, le=200)] = 50,
    ) -> schemas.NoticeList:
        """List the notices to the reader's organisation, newest first."""
        before = decode_cursor(cursor, uuid.UUID)[0] if cursor else None
        with database.reading() as session:
            rows = list_notices(session, actor=actor, unread=unread, before=before, limit=limit)
            return schemas.NoticeList(
                notices=[schemas.NoticeOut.model_validate(row) for row in rows],
                unread=count_unread(session, actor=actor),
                next=encode_cursor(rows[-1].id) if len(rows) == limit else None,
            )

    @router.post("/{notice_id}/read")
    def post_read(notice_id: uuid.UUID, actor: reader) -> schemas.NoticeOut:
        """Mark a notice as read."""
        with database.writing() as session:
            notice = read_notice(session, actor=actor, notice_id=notice_id, at=now())
            return schemas.NoticeOut.model_validate(notice)

    return router
