"""Page images for those who maintain them. Agencies get theirs elsewhere, with the rest covered."""

import uuid
from collections.abc import Callable
from datetime import datetime
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Response

from access.http.guard import Guard
from access.http.problems import Invalid
from access.permissions import Permission
from access.principal import Principal
from imaging.arrays import Box
from imaging.pyramid import PyramidLayout
from index_service.changesets.page_picture import page_picture
from index_service.requests.operations.record_opening import record_opening
from index_service.requests.pages_required import image_part
from storage.database.session import Database
from storage.objects.ports import ObjectStore
from viewer.images.cut_region import cut_region
from viewer.images.queries import latest_text, visible_image, would_stand

JPEG = "image/jpeg"
ALTO = "application/alto+xml"


def make_router(
    *, guard: Guard, database: Database, store: ObjectStore, now: Callable[[], datetime]
) -> APIRouter:
    """Return the routes that serve page images, thumbnails and cuttings."""
    router = APIRouter(prefix="/images", include_in_schema=False)
    viewer = Annotated[Principal, Depends(guard.requires(Permission.CHANGE_VIEW))]

    def layout_of(
        actor: Principal, image_id: uuid.UUID, request_id: uuid.UUID | None
    ) -> tuple[str, dict[str, Any]]:
        with database.reading() as session:
            image = visible_image(session, image_id, actor=actor, request_id=request_id)
            return image.derivative_key, image.derivative_layout

    def read_from(key: str) -> Callable[[int, int], bytes]:
        return lambda start, size: store.read_range(key, start, size)

    @router.get("/{image_id}/page.jpg", response_class=Response)
    def get_page(
        image_id: uuid.UUID,
        actor: viewer,
        request_id: Annotated[uuid.UUID | None, Query(alias="request")] = None,
    ) -> Response:
        key, layout = layout_of(actor, image_id, request_id)
        jpeg = page_picture(layout, read_from(key))
        if request_id is not None:
            open_image(actor, image_id, request_id)
        return Response(jpeg, media_type=JPEG)

    def open_image(actor: Principal, image_id: uuid.UUID, request_id: uuid.UUID) -> None:
        """The bytes are ready: whoever has to confirm has now opened this page's image."""
        with database.writing() as session:
            image = visible_image(session, image_id, actor=actor, request_id=request_id)
            if would_stand(session, request_id, image):
                record_opening(
                    session,
                    actor=actor,
                    request_id=request_id,
                    page_id=image.page_id,
                    part=image_part(image.view),
                    at=now(),
                )

    @router.get("/{image_id}/region.jpg", response_class=Response)
    def get_region(
        image_id: uuid.UUID,
        actor: viewer,
        box: str,
        request_id: Annotated[uuid.UUID | None, Query(alias="request")] = None,
    ) -> Response:
        wanted = _read_box(box)
        key, layout = layout_of(actor, image_id, request_id)
        jpeg = cut_region(
            PyramidLayout.from_json(layout), wanted, lambda start, size: store.read_range(key, start, size)
        )
        return Response(jpeg, media_type=JPEG)

    @router.get("/{image_id}/thumbnail.jpg", response_class=Response)
    def get_thumbnail(image_id: uuid.UUID, actor: viewer) -> Response:
        with database.reading() as session:
            key = visible_image(session, image_id, actor=actor).thumbnail_key
        return Response(store.read(key), media_type=JPEG)

    @router.get("/{image_id}/alto.xml", response_class=Response)
    def get_text(image_id: uuid.UUID, actor: viewer) -> Response:
        with database.reading() as session:
            image = visible_image(session, image_id, actor=actor)
            key = latest_text(session, image.id)
        return Response(store.read(key), media_type=ALTO)

    return router


def _read_box(text: str) -> Box:
    """Read "x0,y0,x1,y1", pixels of the derivative.

    Raises:
        Invalid: it is no box.
    """
    parts = text.split(",")
    if len(parts) == 4 and all(part.isdecimal() and len(part) < 7 for part in parts):
        x0, y0, x1, y1 = (int(part) for part in parts)
        if x0 < x1 and y0 < y1:
            return x0, y0, x1, y1
    raise Invalid("box_invalid", "框線須寫成 x0,y0,x1,y1。", "A box is written as x0,y0,x1,y1.")
