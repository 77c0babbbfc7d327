"""The API of holds (暫停提供查詢)."""

import uuid
from collections.abc import Callable
from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Depends, Header

from access.http.guard import Guard
from access.http.idempotency import Answer, answer_once
from access.permissions import Permission
from access.principal import Principal
from index_service.editions import schemas
from index_service.editions.hold_queries import holds_in_sight
from index_service.editions.operations.approve_hold import approve_hold
from index_service.editions.operations.lift_hold import lift_hold
from index_service.editions.operations.propose_hold import propose_hold
from storage.database.session import Database


def make_router(*, guard: Guard, database: Database, now: Callable[[], datetime]) -> APIRouter:
    """Return the routes of holds."""
    router = APIRouter(prefix="/api/v1/holds", tags=["holds"])
    viewer = Annotated[Principal, Depends(guard.requires(Permission.EDITION_VIEW))]
    proposer = Annotated[Principal, Depends(guard.requires(Permission.HOLD_PROPOSE))]
    approver = Annotated[Principal, Depends(guard.requires(Permission.HOLD_APPROVE))]

    @router.get("")
    def get_holds(actor: viewer, live: bool = True) -> list[schemas.HoldOut]:
        """List holds in sight; `live` leaves out the lifted."""
        office_id = None if actor.sees_every_office else actor.office_id
        with database.reading() as session:
            rows = holds_in_sight(session, office_id=office_id, live=live)
            return [schemas.HoldOut.model_validate(row) for row in rows]

    @router.post("", status_code=201)
    def post_hold(
        body: schemas.ProposeHold,
        actor: proposer,
        idempotency_key: Annotated[str | None, Header()] = None,
    ) -> schemas.HoldOut:
        """Propose to hide an entry or an image; a second person approves it."""
        with database.writing() as session:
            at = now()

            def create() -> Answer:
                hold = propose_hold(
                    session,
                    actor=actor,
                    entry_id=body.entry_id,
                    image_id=body.image_id,
                    reason=body.reason,
                    review_by=body.review_by,
                    at=at,
                )
                return Answer(201, schemas.HoldOut.model_validate(hold).model_dump(mode="json"))

            answer = answer_once(
                session,
                actor=actor,
                key=idempotency_key,
                route="POST /holds",
                body=body.model_dump(mode="json"),
                create=create,
                at=at,
            )
        return schemas.HoldOut.model_validate(answer.body)

    @router.post("/{hold_id}/approve")
    def post_approve(hold_id: uuid.UUID, actor: approver) -> schemas.HoldOut:
        """Approve a hold as the second person; it is in force at once."""
        with database.writing() as session:
            return schemas.HoldOut.model_validate(
                approve_hold(session, actor=actor, hold_id=hold_id, at=now())
            )

    @router.post("/{hold_id}/lift")
    def post_lift(hold_id: uuid.UUID, body: schemas.LiftHold, actor: approver) -> schemas.HoldOut:
        """Lift a hold, with a reason."""
        with database.writing() as session:
            hold = lift_hold(session, actor=actor, hold_id=hold_id, reason=body.reason, at=now())
            return schemas.HoldOut.model_validate(hold)

    return router
