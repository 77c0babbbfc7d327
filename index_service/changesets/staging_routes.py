"""The API by which an operator stages changes by hand."""

import uuid
from collections.abc import Callable
from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Depends, Header

from access.http.guard import Guard
from access.http.idempotency import Answer, answer_once
from access.permissions import Permission
from access.principal import Principal
from index_service.changesets import schemas
from index_service.changesets.operations.add_page import add_page
from index_service.changesets.operations.place_page import place_page
from index_service.changesets.operations.put_image import put_image
from index_service.changesets.operations.require_editable import require_editable
from index_service.changesets.operations.stage_entry_retired import stage_entry_retired
from index_service.changesets.operations.stage_entry_updated import stage_entry_updated
from index_service.changesets.operations.type_entry import type_entry
from index_service.changesets.operations.withdraw_image import withdraw_image
from storage.database.session import Database

Key = Annotated[str | None, Header()]


def make_router(*, guard: Guard, database: Database, now: Callable[[], datetime]) -> APIRouter:
    """Return the routes that stage entries, images and places; staging the same again replaces it."""
    router = APIRouter(prefix="/api/v1/change-sets/{change_set_id}", tags=["change sets"])
    _add_entries(router, guard, database, now)
    _add_pages(router, guard, database, now)
    return router


def _add_entries(router: APIRouter, guard: Guard, database: Database, now: Callable[[], datetime]) -> None:
    editor = Annotated[Principal, Depends(guard.requires(Permission.CHANGE_EDIT))]

    @router.post("/entries/created", status_code=201)
    def post_created(
        change_set_id: uuid.UUID, body: schemas.CreateEntry, actor: editor, idempotency_key: Key = None
    ) -> schemas.ChangeOut:
        """Stage a new entry."""
        with database.writing() as session:

            def create() -> Answer:
                change = type_entry(
                    session,
                    change_set=require_editable(session, change_set_id, actor=actor),
                    **dict(body),
                    actor=actor,
                    at=now(),
                )
                return Answer(201, schemas.ChangeOut.model_validate(change).model_dump(mode="json"))

            answer = answer_once(
                session,
                actor=actor,
                key=idempotency_key,
                route=f"POST /change-sets/{change_set_id}/entries/created",
                body=body.model_dump(mode="json"),
                create=create,
                at=now(),
            )
        return schemas.ChangeOut.model_validate(answer.body)

    @router.post("/entries/updated", status_code=201)
    def post_updated(change_set_id: uuid.UUID, body: schemas.UpdateEntry, actor: editor) -> schemas.ChangeOut:
        """Stage a correction of a published entry."""
        with database.writing() as session:
            change = stage_entry_updated(
                session,
                change_set=require_editable(session, change_set_id, actor=actor),
                entry_id=body.entry_id,
                texts=body.texts,
                region=body.region,
                boxes=body.boxes,
                item_id=body.item_id,
                actor=actor,
                at=now(),
            )
            return schemas.ChangeOut.model_validate(change)

    @router.post("/entries/retired", status_code=201)
    def post_retired(change_set_id: uuid.UUID, body: schemas.RetireEntry, actor: editor) -> schemas.ChangeOut:
        """Stage that a published entry ends."""
        with database.writing() as session:
            change = stage_entry_retired(
                session,
                change_set=require_editable(session, change_set_id, actor=actor),
                entry_id=body.entry_id,
                item_id=body.item_id,
                actor=actor,
                at=now(),
            )
            return schemas.ChangeOut.model_validate(change)


def _add_pages(router: APIRouter, guard: Guard, database: Database, now: Callable[[], datetime]) -> None:
    editor = Annotated[Principal, Depends(guard.requires(Permission.CHANGE_EDIT))]

    @router.post("/pages", status_code=201)
    def post_page(
        change_set_id: uuid.UUID, body: schemas.AddPage, actor: editor, idempotency_key: Key = None
    ) -> schemas.PageAdded:
        """Add a page that the archive missed (缺頁), so that its scan can be ordered."""
        with database.writing() as session:

            def create() -> Answer:
                change_set = require_editable(session, change_set_id, actor=actor)
                page = add_page(session, change_set=change_set, **dict(body), actor=actor, at=now())
                return Answer(201, {"page_id": str(page.id)})

            answer = answer_once(
                session,
                actor=actor,
                key=idempotency_key,
                route=f"POST /change-sets/{change_set_id}/pages",
                body=body.model_dump(mode="json"),
                create=create,
                at=now(),
            )
        return schemas.PageAdded.model_validate(answer.body)

    @router.post("/images", status_code=204)
    def post_image(change_set_id: uuid.UUID, body: schemas.StageImage, actor: editor) -> None:
        """Stage an image, added or replacing; entries follow without their old boxes."""
        with database.writing() as session:
            put_image(
                session,
                change_set=require_editable(session, change_set_id, actor=actor),
                image_id=body.image_id,
                item_id=body.item_id,
                actor=actor,
                at=now(),
            )

    @router.post("/images/withdrawn", status_code=201)
    def post_withdrawn(
        change_set_id: uuid.UUID, body: schemas.WithdrawImage, actor: editor
    ) -> schemas.ChangeOut:
        """Stage that a page's view shows no image any more."""
        with database.writing() as session:
            change = withdraw_image(
                session,
                change_set=require_editable(session, change_set_id, actor=actor),
                page_id=body.page_id,
                view=body.view,
                item_id=body.item_id,
                actor=actor,
                at=now(),
            )
            return schemas.ChangeOut.model_validate(change)

    @router.post("/places", status_code=201)
    def post_place(change_set_id: uuid.UUID, body: schemas.PlacePage, actor: editor) -> schemas.ChangeOut:
        """Stage where a page stands, or that it leaves its volume."""
        with database.writing() as session:
            change = place_page(
                session,
                change_set=require_editable(session, change_set_id, actor=actor),
                page_id=body.page_id,
                volume_id=body.volume_id,
                sequence=body.sequence,
                item_id=body.item_id,
                actor=actor,
                at=now(),
            )
            return schemas.ChangeOut.model_validate(change)
