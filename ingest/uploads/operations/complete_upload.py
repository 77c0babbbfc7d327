"""Complete an upload: verify what is stored, keep it under its content key, write the rows, acknowledge."""

import time
import uuid
from datetime import datetime

from access.principal import Principal
from imaging.decoding import RefusedImage
from ingest.decoding.answers import EXHAUSTED, Inspected
from ingest.uploads.check_frames import check_frames
from ingest.uploads.describe_upload import describe_upload
from ingest.uploads.operations.accept_file import accept_file
from ingest.uploads.operations.refuse_file import refuse_file
from ingest.uploads.operations.void_upload import void_upload
from ingest.uploads.parts_of_file import plan_parts, sound_parts
from ingest.uploads.problems import (
    PartsMissing,
    content_differs,
    file_finished,
    file_refused,
    parts_missing,
    upload_over,
)
from ingest.uploads.queries import visible_upload
from ingest.uploads.room import UploadRoom, incoming_key
from ingest.uploads.schemas import UploadView
from storage.intake.tables import BatchFile, Upload
from storage.objects.errors import ObjectCorrupt, ObjectMissing
from storage.objects.keys import content_key

_LOOKS, _PAUSE = 20, 0.25
"""How often, and how many seconds apart, bytes are looked for that another completion may be moving."""
_PART_LOOKS = 3
"""How often parts are looked for: another completion takes them away as it joins them."""


def complete_upload(room: UploadRoom, *, actor: Principal, upload_id: uuid.UUID, at: datetime) -> UploadView:
    """Acknowledge an upload once its bytes are verified, stored and committed; repeatable at any point.

    Raises:
        NotFound: no such upload in the actor's sight.
        Conflict: parts are missing, or the upload came to nothing and must be begun again.
        Invalid: the bytes are not those declared, or no image that can be used.
    """
    upload, file = _take_in_once(room, actor, upload_id, at)
    room.store.delete(incoming_key(upload_id))
    room.at_point("cleaned")
    if file.state == "refused":
        raise file_refused(file)
    if upload.state != "complete":
        raise file_finished(file)
    return describe_upload(room, upload, file)


def _take_in_once(
    room: UploadRoom, actor: Principal, upload_id: uuid.UUID, at: datetime
) -> tuple[Upload, BatchFile]:
    """Take the bytes in unless that is done; returns the rows as they then stand.

    A station that lost the answer completes again while the first completion may still be at work, in any
    process: both go on side by side, for every step may be repeated, and the first commit counts. What one
    misses because the other is between two steps of the store is looked for again; only what stays missing
    is lost.
    """
    missed = without_parts = 0
    upload, file = _load(room, actor, upload_id)
    while file.state == "expected":
        if upload.state != "open":
            raise upload_over(file)
        try:
            _take_in(room, actor, upload, file, at)
        except ObjectMissing:
            missed += 1
            if missed == _LOOKS:
                _void(room, upload, at)
                raise upload_over(file) from None
            time.sleep(_PAUSE)
        except PartsMissing:
            without_parts += 1
            if without_parts == _PART_LOOKS:
                raise
            time.sleep(_PAUSE)
        upload, file = _load(room, actor, upload_id)
    return upload, file


def _load(room: UploadRoom, actor: Principal, upload_id: uuid.UUID) -> tuple[Upload, BatchFile]:
    with room.database.reading() as session:
        return visible_upload(session, actor=actor, upload_id=upload_id)


def _take_in(room: UploadRoom, actor: Principal, upload: Upload, file: BatchFile, at: datetime) -> None:
    _join(room, upload, file)
    room.at_point("joined")
    if not room.store.verify(incoming_key(upload.id), file.sha256):
        _void(room, upload, at)
        raise content_differs(file)
    room.at_point("verified")
    try:
        inspected = _inspect(room, upload, file)
    except RefusedImage as refusal:
        with room.database.writing() as session:
            refuse_file(session, actor=actor, upload_id=upload.id, refusal=refusal, at=at)
        return
    room.at_point("inspected")
    key = content_key(file.sha256)
    room.store.copy(incoming_key(upload.id), key)
    room.at_point("copied")
    with room.database.writing() as session:
        runs = accept_file(
            session, actor=actor, upload_id=upload.id, inspected=inspected, object_key=key, at=at
        )
    room.at_point("committed")
    room.nudge(runs)


def _join(room: UploadRoom, upload: Upload, file: BatchFile) -> None:
    """Join the parts into the incoming object, unless that was done before."""
    found = room.store.stat(incoming_key(upload.id))
    if found is not None and found.size == file.size:
        return
    plan = plan_parts(file.size, upload.part_size)
    held = sound_parts(plan, room.parts.list_parts(upload.store_reference))
    missing = [part.number for part in plan if part.number not in held]
    if missing:
        raise parts_missing(file, missing)
    try:
        room.parts.complete(upload.store_reference, [held[part.number] for part in plan])
    except ObjectCorrupt as error:
        # A part was sent anew meanwhile: the station looks again at what is there.
        raise parts_missing(file, [part.number for part in plan]) from error


def _void(room: UploadRoom, upload: Upload, at: datetime) -> None:
    with room.database.writing() as session:
        void_upload(session, upload_id=upload.id, at=at)
    room.parts.abort(upload.store_reference)
    room.store.delete(incoming_key(upload.id))


def _inspect(room: UploadRoom, upload: Upload, file: BatchFile) -> Inspected:
    """Judge the file by its content, and by whether its frames fit the pages declared.

    A decoder that was ended from without, by a crowded machine or a restart, says nothing of the file, and a
    refusal is for good: exhausting one is believed the second time.
    Raises:
        RefusedImage: it is no image that can be used as declared.
    """
    try:
        inspected = _look(room, upload, file)
    except RefusedImage as refusal:
        if refusal.code != EXHAUSTED:
            raise
        inspected = _look(room, upload, file)
    with room.database.reading() as session:
        check_frames(session, file=file, frames=inspected.frames)
    return inspected


def _look(room: UploadRoom, upload: Upload, file: BatchFile) -> Inspected:
    with room.store.open(incoming_key(upload.id)) as data:
        return room.inspector.inspect(data, file.size, file.name)
