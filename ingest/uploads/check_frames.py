"""Whether the frames of a file fit the pages that its manifest declares."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from imaging.decoding import RefusedImage
from ingest.batches.check_archive import pages_taken
from ingest.batches.check_manifest import LONGEST_DESIGNATION
from storage.intake.tables import Batch, BatchFile, BatchPage


def check_frames(session: Session, *, file: BatchFile, frames: int) -> None:
    """Refuse a file that lacks a listed frame, or whose unlisted frames would take pages delivered already.

    Raises:
        RefusedImage: `no_such_frame`, `page_taken` or `designation_too_long`.
    """
    if file.frames_designation is not None:
        _check_unlisted(session, file, frames)
        return
    last = max(session.scalars(select(BatchPage.frame).filter_by(file_id=file.id)), default=0)
    if last >= frames:
        raise RefusedImage(
            "no_such_frame",
            f"清單列有第 {last + 1} 個影格,但檔案只有 {frames} 個;請更正清單。",
            f"The manifest lists frame {last + 1}, but the file has {frames}; correct the manifest.",
        )


def frame_designation(base: str, frame: int) -> str:
    """Return the designation of a frame (from 0) of a file that lists no pages."""
    return base if frame == 0 else f"{base}-{frame + 1}"


def _check_unlisted(session: Session, file: BatchFile, frames: int) -> None:
    if frames == 1 or file.frames_designation is None:
        return
    _check_length(frame_designation(file.frames_designation, frames - 1), frames)
    batch = session.get_one(Batch, file.batch_id)
    taken = pages_taken(session, batch.volume_id)
    for frame in range(1, frames):
        designation = frame_designation(file.frames_designation, frame)
        state = taken.get((designation, 1))
        if state is not None and not (state == "done" and batch.purpose == "rescan"):
            raise RefusedImage(
                "page_taken",
                f"檔案共 {frames} 個影格,其中第 {designation} 頁已有影像;請逐頁列出清單。",
                f"Of the file's {frames} frames, page {designation} is delivered already; list its pages.",
            )


def _check_length(longest: str, frames: int) -> None:
    if len(longest) > LONGEST_DESIGNATION:
        raise RefusedImage(
            "designation_too_long",
            f"檔案共 {frames} 個影格,依序編成的頁次超過 {LONGEST_DESIGNATION} 字;請逐頁列出清單。",
            f"The file has {frames} frames, and pages named after them are longer than "
            f"{LONGEST_DESIGNATION} characters; list its pages.",
        )
