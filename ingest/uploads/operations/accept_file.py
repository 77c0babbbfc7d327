"""Write down that a file is stored: its pages are owed a run each from this commit on."""

import uuid
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from access.audit.operations.record_event import record_event
from access.principal import Principal
from ingest.batches.operations.add_pages import PageAdder
from ingest.batches.operations.settle_batch import settle_batch
from ingest.batches.schemas import ManifestPage
from ingest.decoding.answers import Inspected
from ingest.uploads.check_frames import frame_designation
from storage.catalogue.tables import Volume
from storage.database.locking import lock_row
from storage.intake.tables import Batch, BatchFile, BatchPage, ProcessingRun, Upload


def accept_file(
    session: Session,
    *,
    actor: Principal,
    upload_id: uuid.UUID,
    inspected: Inspected,
    object_key: str,
    at: datetime,
) -> list[uuid.UUID]:
    """Store the file's row, its pages and their runs in one transaction; returns the runs now owed.

    Repeated, or for a file that another completion refused meanwhile, it changes nothing and returns none.
    """
    upload = lock_row(session, Upload, upload_id)
    file = lock_row(session, BatchFile, upload.file_id)
    if file.state != "expected":
        return []
    file.state, file.object_key, file.stored_at = "stored", object_key, at
    file.media_type = inspected.media_type
    upload.state, upload.finished_at = "complete", at
    _add_frames(session, file, inspected.frames, at)
    runs = _owe_runs(session, file, at)
    settle_batch(session, batch_id=file.batch_id, at=at)
    record_event(
        session,
        actor=actor,
        action="file.stored",
        subject_kind="batch_file",
        subject_id=str(file.id),
        facts={"batch": str(file.batch_id), "sha256": file.sha256, "pages": len(runs)},
        at=at,
    )
    return runs


def _add_frames(session: Session, file: BatchFile, frames: int, at: datetime) -> None:
    """Add the pages of the frames that the manifest did not list because nobody had counted them."""
    if file.frames_designation is None or frames == 1:
        return
    batch = session.get_one(Batch, file.batch_id)
    lock_row(session, Volume, batch.volume_id)
    adder = PageAdder(session, batch=batch, at=at)
    for frame in range(1, frames):
        page = ManifestPage(designation=frame_designation(file.frames_designation, frame), frame=frame)
        adder.add(file, page, "expected")
    adder.write()


def _owe_runs(session: Session, file: BatchFile, at: datetime) -> list[uuid.UUID]:
    pages = session.scalars(select(BatchPage).filter_by(file_id=file.id, state="expected")).all()
    runs = []
    for page in pages:
        page.state = "pending"
        runs.append(ProcessingRun(batch_page_id=page.id, office_id=page.office_id, created_at=at))
    session.add_all(runs)
    session.flush()
    return [run.id for run in runs]
