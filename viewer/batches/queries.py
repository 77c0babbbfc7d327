"""Batches as their station, their office and the ministry see them."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from access.http.problems import NotFound
from access.principal import Principal
from imaging.half_side import HalfSide
from storage.catalogue.tables import Page, PageImage, Volume
from storage.checks.still_counts import still_counts
from storage.checks.tables import PageFinding
from storage.intake.tables import Batch, BatchFile, BatchPage, ProcessingRun
from storage.organisations.tables import Office, Station
from viewer.images.flags import ImageFlag, flags_of

NEEDS_SOMEBODY = ("failed", "refused", "set_aside")
SETTLED = frozenset({"done", "failed", "refused", "set_aside"})


@dataclass(frozen=True, slots=True)
class BatchLine:
    """One batch: what it is, and how far it has come; `pages` counts them by state."""

    id: uuid.UUID
    volume: str
    title: str
    station: str
    office: str
    purpose: str
    state: str
    declared_at: datetime
    pages: dict[str, int]
    files: dict[str, int]

    @property
    def total(self) -> int:
        """How many pages are known."""
        return sum(self.pages.values())

    @property
    def settled(self) -> int:
        """How many need no more work by the machine."""
        return sum(count for state, count in self.pages.items() if state in SETTLED)

    @property
    def trouble(self) -> int:
        """How many need somebody."""
        return self.pages.get("failed", 0) + self.pages.get("refused", 0)

    @property
    def moving(self) -> bool:
        """Whether figures may change by themselves."""
        return self.state != "processed" or self.settled < self.total


@dataclass(frozen=True, slots=True)
class Trouble:
    """One page that failed, was refused or set aside, and why."""

    page_id: uuid.UUID
    designation: str
    file: str
    frame: int
    side: HalfSide | None
    view: int
    state: str
    attempts: int
    zh: str
    en: str


def list_batches(session: Session, *, actor: Principal, limit: int = 50) -> list[BatchLine]:
    """Return the newest batches in the actor's sight."""
    query = _in_sight(actor).order_by(Batch.declared_at.desc(), Batch.id.desc()).limit(limit)
    return [_line(session, batch) for batch in session.scalars(query).all()]


def find_batch(session: Session, batch_id: uuid.UUID, *, actor: Principal) -> BatchLine:
    """Return one batch in the actor's sight.

    Raises:
        NotFound: there is none.
    """
    batch = session.scalar(_in_sight(actor).where(Batch.id == batch_id))
    if batch is None:
        raise NotFound("no_such_batch", "查無此批次。", "There is no such batch.")
    return _line(session, batch)


def list_trouble(session: Session, batch_id: uuid.UUID) -> list[Trouble]:
    """Return the pages of a batch that need somebody, in register order, each with its reason."""
    rows = session.execute(
        select(BatchPage, BatchFile, Page.designation)
        .join(BatchFile, BatchFile.id == BatchPage.file_id)
        .join(Page, Page.id == BatchPage.page_id)
        .where(BatchPage.batch_id == batch_id, BatchPage.state.in_(NEEDS_SOMEBODY))
        .order_by(Page.sequence, BatchPage.view)
    ).all()
    runs = _last_runs(session, [page.id for page, _, _ in rows])
    return [_trouble(page, file, name, runs.get(page.id)) for page, file, name in rows]


def list_flags(
    session: Session, batch_id: uuid.UUID, *, actor: Principal, limit: int = 500
) -> list[tuple[str, ImageFlag]]:
    """Return what the checks flagged on a batch's pages in register order, each with its page's designation.

    Flagged pages go on all the same; `limit` counts pages.
    """
    compared = select(PageFinding.page_image_id).where(still_counts())
    flagged = (
        select(PageImage.id, Page.designation)
        .join(BatchPage, BatchPage.page_image_id == PageImage.id)
        .join(Page, Page.id == PageImage.page_id)
        .where(BatchPage.batch_id == batch_id)
        .where(PageImage.flagged.is_(True) | PageImage.id.in_(compared))
        .order_by(Page.sequence, PageImage.view)
        .limit(limit)
    )
    names: dict[uuid.UUID, str] = dict(session.execute(flagged).all())
    return [(names[flag.image_id], flag) for flag in flags_of(session, list(names), actor=actor)]


def _in_sight(actor: Principal) -> Select[Batch]:
    query = select(Batch)
    if actor.station_id is not None:
        return query.where(Batch.station_id == actor.station_id)
    return query if actor.sees_every_office else query.where(Batch.office_id == actor.office_id)


def _line(session: Session, batch: Batch) -> BatchLine:
    volume = session.get_one(Volume, batch.volume_id)
    return BatchLine(
        id=batch.id,
        volume=volume.designation,
        title=volume.title,
        station=session.get_one(Station, batch.station_id).name if batch.station_id else "",
        office=session.get_one(Office, batch.office_id).name,
        purpose=batch.purpose,
        state=batch.state,
        declared_at=batch.declared_at,
        pages=_counts(session, BatchPage, batch.id),
        files=_counts(session, BatchFile, batch.id),
    )


def _counts(
    session: Session, table: type[BatchPage] | type[BatchFile], batch_id: uuid.UUID
) -> dict[str, int]:
    query = select(table.state, func.count()).where(table.batch_id == batch_id).group_by(table.state)
    return dict(session.execute(query).all())


def _last_runs(session: Session, pages: Sequence[uuid.UUID]) -> dict[uuid.UUID, ProcessingRun]:
    first = select(ProcessingRun).where(ProcessingRun.rerun_id.is_(None))
    query = first.where(ProcessingRun.batch_page_id.in_(pages)).order_by(ProcessingRun.id)
    return {run.batch_page_id: run for run in session.scalars(query)}


def _trouble(page: BatchPage, file: BatchFile, designation: str, run: ProcessingRun | None) -> Trouble:
    why: dict[str, Any] = file.refusal or (run.error if run else None) or {}
    set_aside = page.set_aside_reason
    return Trouble(
        page_id=page.id,
        designation=designation,
        file=file.name,
        frame=page.frame,
        side=page.side,
        view=page.view,
        state=page.state,
        attempts=run.attempts if run else 0,
        zh=set_aside or str(why.get("zh", "原因未留存。")),
        en="" if set_aside else str(why.get("en", "No reason was kept.")),
    )
