"""The API of change sets: what is staged, read by those in whose sight it is, and edited by its operator."""

import uuid
from collections.abc import Callable
from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Depends, Header, Query, Response

from access.http.cursors import decode_cursor, encode_cursor
from access.http.guard import Guard
from access.http.preconditions import etag, version_named
from access.permissions import Permission
from access.principal import Principal
from index_service.changesets import schemas
from index_service.changesets.comparison import compare_page, pages_changed
from index_service.changesets.operations.confirm_fields import confirm_fields
from index_service.changesets.operations.edit_proposal import edit_proposal
from index_service.changesets.operations.rebase_change import rebase_change
from index_service.changesets.operations.remove_change import remove_change
from index_service.changesets.operations.validate_change_set import validate_change_set
from index_service.changesets.queries import certainty_of
from index_service.changesets.staged_entries import StagedEntry, list_staged, with_version
from index_service.changesets.visible import visible_change, visible_change_set
from storage.database.session import Database

IfMatch = Annotated[str | None, Header()]
Limit = Annotated[int, Query(ge=1, le=200)]


def make_router(*, guard: Guard, database: Database, now: Callable[[], datetime]) -> APIRouter:
    """Return the routes of change sets and their changes."""
    router = APIRouter(prefix="/api/v1", tags=["change sets"])
    _add_reading(router, guard, database)
    _add_editing(router, guard, database, now)
    return router


def _add_reading(router: APIRouter, guard: Guard, database: Database) -> None:
    viewer = Annotated[Principal, Depends(guard.requires(Permission.CHANGE_VIEW))]

    @router.get("/change-sets/{change_set_id}")
    def get_change_set(change_set_id: uuid.UUID, actor: viewer) -> schemas.ChangeSetOut:
        """Read a change set and the pages it changes."""
        with database.reading() as session:
            found = visible_change_set(session, change_set_id, actor=actor)
            return schemas.ChangeSetOut(
                id=found.id,
                request_id=found.request_id,
                state=found.state,
                reverses_edition=found.reverses_edition,
                pages=pages_changed(session, found),
            )

    @router.get("/change-sets/{change_set_id}/changes")
    def get_changes(
        change_set_id: uuid.UUID,
        actor: viewer,
        page: uuid.UUID | None = None,
        cursor: str | None = None,
        limit: Limit = 50,
    ) -> schemas.ChangeList:
        """List what is staged, least certain first; images, places and retirements last."""
        with database.reading() as session:
            found = visible_change_set(session, change_set_id, actor=actor)
            rows = list_staged(session, found.id, after=_after(cursor), page_id=page, limit=limit)
            return schemas.ChangeList(changes=[_staged(row) for row in rows], next=_next(rows, limit))

    @router.get("/change-sets/{change_set_id}/defects")
    def get_defects(change_set_id: uuid.UUID, actor: viewer) -> list[schemas.DefectOut]:
        """Say everything that keeps a change set from being delivered."""
        with database.reading() as session:
            found = visible_change_set(session, change_set_id, actor=actor)
            return [schemas.DefectOut.model_validate(one) for one in validate_change_set(session, found)]

    @router.get("/change-sets/{change_set_id}/pages/{page_id}")
    def get_page(change_set_id: uuid.UUID, page_id: uuid.UUID, actor: viewer) -> schemas.PageBesideOut:
        """Read a page before and after, for those who maintain it; a confirmer opens it at the request."""
        with database.reading() as session:
            found = visible_change_set(session, change_set_id, actor=actor)
            return schemas.PageBesideOut.model_validate(compare_page(session, found, page_id))

    @router.get("/changes/{change_id}")
    def get_change(change_id: uuid.UUID, actor: viewer, response: Response) -> schemas.StagedEntry:
        """Read one change with the values it stages."""
        with database.reading() as session:
            change = visible_change(session, change_id, actor=actor)
            response.headers["ETag"] = etag(change.row_version)
            return _staged(with_version(session, change))


def _add_editing(router: APIRouter, guard: Guard, database: Database, now: Callable[[], datetime]) -> None:
    editor = Annotated[Principal, Depends(guard.requires(Permission.CHANGE_EDIT))]

    @router.patch("/changes/{change_id}")
    def patch_change(
        change_id: uuid.UUID,
        body: schemas.EditEntry,
        actor: editor,
        response: Response,
        if_match: IfMatch = None,
    ) -> schemas.StagedEntry:
        """Correct a staged entry; a loser gets his texts back with 412."""
        with database.writing() as session:
            change = edit_proposal(
                session,
                actor=actor,
                change_id=change_id,
                row_version=version_named(if_match),
                texts=body.texts,
                region=body.region,
                boxes=body.boxes,
                at=now(),
            )
            response.headers["ETag"] = etag(change.row_version)
            return _staged(with_version(session, change))

    @router.post("/changes/{change_id}/confirm")
    def post_confirm(
        change_id: uuid.UUID,
        body: schemas.ConfirmFields,
        actor: editor,
        response: Response,
        if_match: IfMatch = None,
    ) -> schemas.StagedEntry:
        """Say that fields are right as read."""
        with database.writing() as session:
            change = confirm_fields(
                session,
                actor=actor,
                change_id=change_id,
                row_version=version_named(if_match),
                keys=body.keys,
                at=now(),
            )
            response.headers["ETag"] = etag(change.row_version)
            return _staged(with_version(session, change))

    @router.post("/changes/{change_id}/rebase")
    def post_rebase(
        change_id: uuid.UUID, actor: editor, response: Response, if_match: IfMatch = None
    ) -> schemas.StagedEntry:
        """Start a change anew from what stands published by now."""
        with database.writing() as session:
            change = rebase_change(
                session, actor=actor, change_id=change_id, row_version=version_named(if_match), at=now()
            )
            response.headers["ETag"] = etag(change.row_version)
            return _staged(with_version(session, change))

    @router.delete("/changes/{change_id}", status_code=204)
    def delete_change(change_id: uuid.UUID, actor: editor, if_match: IfMatch = None) -> None:
        """Take a change out of its set."""
        with database.writing() as session:
            remove_change(
                session, actor=actor, change_id=change_id, row_version=version_named(if_match), at=now()
            )


def _staged(row: StagedEntry) -> schemas.StagedEntry:
    version = schemas.Version.model_validate(row.version) if row.version else None
    return schemas.StagedEntry(change=schemas.ChangeOut.model_validate(row.change), version=version)


def _after(cursor: str | None) -> tuple[float, uuid.UUID] | None:
    if cursor is None:
        return None
    doubt, last = decode_cursor(cursor, float, uuid.UUID)
    return doubt, last


def _next(rows: list[StagedEntry], limit: int) -> str | None:
    if len(rows) < limit:
        return None
    return encode_cursor(certainty_of(rows[-1].change), rows[-1].change.id)
