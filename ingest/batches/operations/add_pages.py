"""Add a batch's pages, and the volume's pages they are the first to name."""

import uuid
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from ingest.batches.page_order import page_sequence
from ingest.batches.schemas import ManifestPage
from storage.catalogue.tables import Page
from storage.database.identity import new_id
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
        self._taken = {place for _, place in self._known.values()}
        self._before = 0
        self._rows: list[BatchPage] = []

    def add(self, file: BatchFile, page: ManifestPage, state: str) -> None:
        """Add one page of the batch behind the one added before; `write` writes it."""
        page_id, self._before = self._known.get(page.designation) or self._new_page(page.designation)
        row = BatchPage(
            batch_id=self._batch.id,
            office_id=self._batch.office_id,
            file_id=file.id,
            frame=page.frame,
            side=page.side,
            page_id=page_id,
            view=page.view,
            state=state,
        )
        self._rows.append(row)

    def write(self) -> None:
        """Write what was added, a few statements for thousands of pages."""
        self._session.flush()
        self._session.add_all(self._rows)
        self._session.flush()
        self._rows = []

    def _new_page(self, designation: str) -> tuple[uuid.UUID, int]:
        place = page_sequence(designation, self._before)
        # 12a and 12b, or 封面 before page 0, would stand at one place, and no edition takes two pages there.
        while place in self._taken:
            place += 1
        row = Page(
            id=new_id(),
            volume_id=self._batch.volume_id,
            office_id=self._batch.office_id,
            designation=designation,
            sequence=place,
            created_at=self._at,
        )
        self._session.add(row)
        self._taken.add(place)
        self._known[designation] = (row.id, place)
        return self._known[designation]
