"""What can be wrong with a manifest in view of what the archive and other batches hold."""

import uuid
from collections.abc import Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session

from domain.series import load_series
from index_service.requests.tables import Request, RescanOrder
from ingest.batches.check_manifest import listed_pages
from ingest.batches.check_spreads import check_side_order
from ingest.batches.defects import Defect
from ingest.batches.schemas import Manifest
from storage.catalogue.tables import Page, Volume
from storage.intake.tables import Batch, BatchFile, BatchPage

_IN_THE_WAY = ("expected", "pending", "failed", "done")
Where = tuple[str, int]


def check_archive(session: Session, manifest: Manifest, volume: Volume) -> list[Defect]:
    """Return every page that is finished or on its way, every file that the volume holds, and every spread
    listed against the way its books are read."""
    return [
        *_check_request(session, manifest, volume),
        *_check_pages(session, manifest, volume),
        *_check_files(session, manifest, volume),
        *check_side_order(manifest, load_series(volume.series_key)),
    ]


def _check_request(session: Session, manifest: Manifest, volume: Volume) -> Iterator[Defect]:
    """Find what a rescan brings that nobody ordered; the request may be another office's, about our page."""
    if manifest.request_id is None:
        return
    request = session.get(Request, manifest.request_id)
    ordered = _ordered(session, manifest.request_id, volume.id)
    if request is None or (request.office_id != volume.office_id and not ordered):
        zh, en = "查無此申請", "there is no such request of this office"
        yield Defect("request_id", "unknown_request", zh, en)
    elif request.state != "awaiting_rescan":
        zh, en = "此申請目前不待補掃", "this request does not wait for a rescan"
        yield Defect("request_id", "not_awaiting_rescan", zh, en)
    else:
        yield from _check_ordered(manifest, ordered)


def _ordered(session: Session, request_id: uuid.UUID, volume_id: uuid.UUID) -> set[Where]:
    query = (
        select(Page.designation, RescanOrder.view)
        .join(RescanOrder, RescanOrder.page_id == Page.id)
        .where(Page.volume_id == volume_id, RescanOrder.request_id == request_id)
        .where(RescanOrder.answered_at.is_(None))
    )
    return {(designation, view) for designation, view in session.execute(query)}


def _check_ordered(manifest: Manifest, ordered: set[Where]) -> Iterator[Defect]:
    for ordinal, page in listed_pages(manifest):
        if (page.designation, page.view) not in ordered:
            zh = "此申請未通知補掃此頁;請僅傳送通知補掃的頁次"
            en = "the request did not order this page; send the pages it ordered alone"
            yield Defect(f"file {ordinal} page {page.designation[:32]}", "page_not_ordered", zh, en)


def _check_pages(session: Session, manifest: Manifest, volume: Volume) -> Iterator[Defect]:
    taken = pages_taken(session, volume.id)
    rescan = manifest.purpose == "rescan"
    for ordinal, page in listed_pages(manifest):
        state = taken.get((page.designation, page.view))
        where = f"file {ordinal} page {page.designation[:32]}"
        if state == "done" and not rescan:
            zh = "此頁已完成;如需重掃,請由申請案辦理補掃"
            en = "this page is finished; to scan it again, a request must order a rescan"
            yield Defect(where, "page_finished", zh, en)
        elif state is not None and state != "done":
            zh = "此頁正在另一批次中;請先在該批次將其擱置"
            en = "this page is on its way in another batch; set it aside there first"
            yield Defect(where, "page_on_its_way", zh, en)


def pages_taken(session: Session, volume_id: uuid.UUID) -> dict[Where, str]:
    """Return the volume's pages, by designation and view, that are done or on their way, with their state."""
    rows = session.execute(
        select(Page.designation, BatchPage.view, BatchPage.state)
        .join(BatchPage, BatchPage.page_id == Page.id)
        .where(Page.volume_id == volume_id, BatchPage.state.in_(_IN_THE_WAY))
    )
    taken: dict[Where, str] = {}
    for designation, view, state in rows:
        # A page can be done by a first load and on its way in a rescan: what is on its way stands in the way.
        if taken.get((designation, view)) in {None, "done"}:
            taken[designation, view] = state
    return taken


def _check_files(session: Session, manifest: Manifest, volume: Volume) -> Iterator[Defect]:
    held = set(
        session.scalars(
            select(BatchFile.sha256)
            .join(Batch, Batch.id == BatchFile.batch_id)
            .join(BatchPage, BatchPage.file_id == BatchFile.id)
            .where(Batch.volume_id == volume.id, BatchFile.state == "stored")
            .where(BatchPage.state.in_(("pending", "done")))
        )
    )
    for ordinal, file in enumerate(manifest.files, 1):
        if file.sha256 in held:
            zh, en = "此檔案內容已在本冊中", "the volume holds this very file already"
            yield Defect(f"file {ordinal}", "file_held", zh, en)
