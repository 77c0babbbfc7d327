"""The API by which a confirmer opens a page: what is served is on record as opened."""

import uuid
from collections.abc import Callable
from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Depends, Response
from sqlalchemy.orm import Session

from access.http.guard import Guard
from access.http.problems import NotFound
from access.permissions import Permission
from access.principal import Principal
from index_service.changesets.comparison import PageBeside, compare_page, image_after
from index_service.changesets.page_picture import page_picture
from index_service.changesets.queries import change_set_of
from index_service.changesets.schemas import PageBesideOut
from index_service.requests.detail import see_request
from index_service.requests.operations.record_opening import record_opening
from index_service.requests.pages_required import VALUES, image_part
from storage.database.session import Database
from storage.objects.ports import ObjectStore


def make_router(
    *, guard: Guard, database: Database, store: ObjectStore, now: Callable[[], datetime]
) -> APIRouter:
    """Return the routes that serve a page before and after."""
    router = APIRouter(prefix="/api/v1/requests/{request_id}/pages/{page_id}", tags=["requests"])
    viewer = Annotated[Principal, Depends(guard.requires(Permission.CHANGE_VIEW))]

    @router.get("")
    def get_page(request_id: uuid.UUID, page_id: uuid.UUID, actor: viewer) -> PageBesideOut:
        """Serve a page's values before and after, and record that this person was shown them."""
        with database.writing() as session:
            delivery, beside = _beside(session, request_id, page_id, actor)
            answer = PageBesideOut.model_validate(beside)
            record_opening(
                session,
                actor=actor,
                request_id=request_id,
                page_id=page_id,
                part=VALUES,
                delivery=delivery,
                at=now(),
            )
            return answer

    @router.get("/image", response_class=Response)
    def get_image(request_id: uuid.UUID, page_id: uuid.UUID, actor: viewer, view: int = 1) -> Response:
        """Serve the image that would stand after publication, and record that this person was shown it."""
        with database.reading() as session:
            delivery, beside = _beside(session, request_id, page_id, actor)
            image = image_after(session, beside, view)
        jpeg = page_picture(
            image.derivative_layout, lambda start, size: store.read_range(image.derivative_key, start, size)
        )
        with database.writing() as session:
            record_opening(
                session,
                actor=actor,
                request_id=request_id,
                page_id=page_id,
                part=image_part(view),
                delivery=delivery,
                at=now(),
            )
        return Response(jpeg, media_type="image/jpeg", headers={"Cache-Control": "no-store"})

    return router


def _beside(
    session: Session, request_id: uuid.UUID, page_id: uuid.UUID, actor: Principal
) -> tuple[int, PageBeside]:
    """Return the number of the delivery first, and the page as it stands in it or later."""
    request = see_request(session, request_id, actor=actor)
    delivery = request.delivery
    change_set = change_set_of(session, request.id)
    if change_set is None:
        raise NotFound("nothing_staged", "本案尚無維護內容。", "Nothing is staged for this request yet.")
    return delivery, compare_page(session, change_set, page_id)
