"""Add a batch's pages, and the volume's pages they are the first to name."""

import uuid
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from ingest.batches.page_order import page_sequence
from ingest.batches.schemas import ManifestPage
from storage.catalogue.tables import Page
from storage.intake.tables import Batch, BatchFile, BatchPage


class PageAdder:
    """Adds pages in their order; a page that the volume knows already is used again."""

    def __init__(self, session: Session, *, batch: Batch, at: datetime) -> None:
        """Load what the volume knows once, so that a long manifest stays quick."""
        self._session, self._batch, self._at = session, batch, at
        rows = session.execute(
            select(Page.designation, Page.id, Page.sequence).filter_by(volume_id=batch.volume_id)
        )
        self._known: dict[str, tuple[uuid.UUID, int]] = {name: (key, place) for name, key, place in rows}
        self._before = 0

    def add(self, file: BatchFile, page: ManifestPage, state: str) -> BatchPage:
        """Add one page of the batch behind the one added before."""
        page_id, self._before = self._known.get(page.designation) or self._new_page(page.designation)
        row = BatchPage(
            batch_id=self._batch.id,
            office_id=self._batch.office_id,
            file_id=file.id,
            frame=page.frame,
            page_id=page_id,
            view=page.view,
            state=state,
        )
        self._session.add(row)
        return row

    def _new_page(self, designation: str) -> tuple[uuid.UUID, int]:
        row = Page(
            volume_id=self._batch.volume_id,
            office_id=self._batch.office_id,
            designation=designation,
            sequence=page_sequence(designation, self._before),
            created_at=self._at,
        )
        self._session.add(row)
        self._session.flush()
        self._known[designation] = (row.id, row.sequence)
        return self._known[designation]
