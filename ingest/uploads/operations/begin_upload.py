"""Begin the upload of a file, or take up the one that was begun."""

import uuid
from datetime import datetime

from sqlalchemy.orm import Session

from access.principal import Principal
from ingest.batches.queries import visible_file
from ingest.uploads.describe_upload import describe_upload
from ingest.uploads.parts_of_file import choose_part_size
from ingest.uploads.problems import file_finished, file_refused
from ingest.uploads.queries import open_upload
from ingest.uploads.room import UploadRoom, incoming_key
from ingest.uploads.schemas import UploadView
from storage.database.identity import new_id
from storage.database.locking import lock_row
from storage.intake.tables import BatchFile, Upload


def begin_upload(
    room: UploadRoom, *, actor: Principal, batch_id: uuid.UUID, ordinal: int, at: datetime
) -> UploadView:
    """Return the file's one open upload, begun if there is none, with the parts still missing.

    The store is asked outside transactions; an upload that it opened and no row names is swept with the
    other abandoned ones.
    Raises:
        NotFound: no such file in the actor's sight.
        Conflict: the file is stored already.
        Invalid: the file was refused.
    """
    with room.database.reading() as session:
        _, file = visible_file(session, actor=actor, batch_id=batch_id, ordinal=ordinal)
        upload = _may_begin(session, file)
    if upload is None:
        upload_id = new_id()
        reference = room.parts.begin(incoming_key(upload_id))
        with room.database.writing() as session:
            file = lock_row(session, BatchFile, file.id)
            upload = _may_begin(session, file) or _add(session, room, file, upload_id, reference, at)
    return describe_upload(room, upload, file)


def _may_begin(session: Session, file: BatchFile) -> Upload | None:
    if file.state == "stored":
        raise file_finished(file)
    if file.state == "refused":
        raise file_refused(file)
    return open_upload(session, file_id=file.id)


def _add(
    session: Session, room: UploadRoom, file: BatchFile, upload_id: uuid.UUID, reference: str, at: datetime
) -> Upload:
    upload = Upload(
        id=upload_id,
        file_id=file.id,
        office_id=file.office_id,
        store_reference=reference,
        part_size=choose_part_size(file.size, room.part_size),
        state="open",
        created_at=at,
    )
    session.add(upload)
    session.flush()
    return upload
