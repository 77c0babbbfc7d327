"""The stations' API for uploads."""

import uuid
from collections.abc import Callable
from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Depends, Response

from access.http.guard import Guard
from access.permissions import Permission
from access.principal import Principal
from ingest.uploads.describe_upload import describe_upload
from ingest.uploads.operations.begin_upload import begin_upload
from ingest.uploads.operations.complete_upload import complete_upload
from ingest.uploads.operations.put_part import put_part
from ingest.uploads.parts_of_file import choose_part_size
from ingest.uploads.queries import visible_upload
from ingest.uploads.read_body import bounded_body
from ingest.uploads.room import UploadRoom
from ingest.uploads.schemas import UploadView

_LARGEST_FILE = 2_000_000_000


def make_router(*, guard: Guard, room: UploadRoom, now: Callable[[], datetime]) -> APIRouter:
    """Return the routes below /api/v1/ingest that take uploads."""
    router = APIRouter(prefix="/api/v1/ingest", tags=["uploads"])
    uploader = Depends(guard.requires(Permission.BATCH_UPLOAD))
    part_body = bounded_body(choose_part_size(_LARGEST_FILE, room.part_size))

    @router.post("/batches/{batch_id}/files/{ordinal}/upload")
    def begin(batch_id: uuid.UUID, ordinal: int, principal: Annotated[Principal, uploader]) -> UploadView:
        """Begin or take up the upload of one file of a batch."""
        return begin_upload(room, actor=principal, batch_id=batch_id, ordinal=ordinal, at=now())

    @router.put("/parts/{upload_ref}/{number}", status_code=204)
    def put(
        upload_ref: str,
        number: int,
        principal: Annotated[Principal, uploader],
        data: Annotated[bytes, Depends(part_body)],
    ) -> Response:
        """Take one part, where the store has no address of its own (the embedded store)."""
        part = put_part(room, actor=principal, reference=upload_ref, number=number, data=data)
        return Response(status_code=204, headers={"ETag": f'"{part.etag}"'})

    @router.get("/uploads/{upload_id}")
    def show(upload_id: uuid.UUID, principal: Annotated[Principal, uploader]) -> UploadView:
        """Show which parts are there, with fresh addresses for the others."""
        with room.database.reading() as session:
            upload, file = visible_upload(session, actor=principal, upload_id=upload_id)
        return describe_upload(room, upload, file)

    @router.post("/uploads/{upload_id}/complete")
    def complete(upload_id: uuid.UUID, principal: Annotated[Principal, uploader]) -> UploadView:
        """Verify and keep the file; answered only once nothing can lose it."""
        return complete_upload(room, actor=principal, upload_id=upload_id, at=now())

    return router
