"""Finding batches and what became of them."""

import uuid
from collections.abc import Sequence

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from access.http.problems import NotFound
from access.principal import Principal
from ingest.batches.schemas import BatchSummary, BatchView, FailureView, FileView, Reason
from storage.catalogue.tables import Page, Volume
from storage.intake.tables import Batch, BatchFile, BatchPage, ProcessingRun

NEEDS_SOMEBODY = ("failed", "refused", "set_aside")


def visible_batches(actor: Principal) -> Select[Batch]:
    """Return the query of the batches in the actor's sight: its own station's, its office's, or all."""
    query = select(Batch)
    if actor.station_id is not None:
        return query.where(Batch.station_id == actor.station_id)
    if actor.sees_every_office:
        return query
    return query.where(Batch.office_id == actor.office_id)


def visible_batch(session: Session, *, actor: Principal, batch_id: uuid.UUID) -> Batch:
    """Return a batch in the actor's sight; raises NotFound for any other."""
    batch = session.scalar(visible_batches(actor).where(Batch.id == batch_id))
    if batch is None:
        raise NotFound("no_such_batch", "查無此批次。", "There is no such batch.")
    return batch


def visible_page(
    session: Session, *, actor: Principal, batch_id: uuid.UUID, page_id: uuid.UUID
) -> tuple[Batch, BatchPage]:
    """Return a batch in the actor's sight and one of its pages; raises NotFound."""
    batch = visible_batch(session, actor=actor, batch_id=batch_id)
    page = session.scalar(select(BatchPage).filter_by(id=page_id, batch_id=batch.id))
    if page is None:
        raise NotFound("no_such_page", "本批次查無此頁。", "The batch has no such page.")
    return batch, page


def visible_file(
    session: Session, *, actor: Principal, batch_id: uuid.UUID, ordinal: int
) -> tuple[Batch, BatchFile]:
    """Return a batch in the actor's sight and one of its files; raises NotFound."""
    batch = visible_batch(session, actor=actor, batch_id=batch_id)
    file = session.scalar(select(BatchFile).filter_by(batch_id=batch.id, ordinal=ordinal))
    if file is None:
        raise NotFound("no_such_file", "本批次查無此檔案。", "The batch has no such file.")
    return batch, file


def latest_batches(
    session: Session, *, actor: Principal, before: uuid.UUID | None = None, limit: int = 50
) -> list[BatchSummary]:
    """Return the newest batches in the actor's sight, those older than the batch `before` if it is given."""
    query = visible_batches(actor).order_by(Batch.id.desc()).limit(limit)
    if before is not None:
        query = query.where(Batch.id < before)
    batches = session.scalars(query).all()
    return summarise_batches(session, batches=batches)


def summarise_batches(session: Session, *, batches: Sequence[Batch]) -> list[BatchSummary]:
    """Return batches with their progress, in as many queries for many as for one."""
    wanted = {batch.volume_id for batch in batches}
    volumes = {row.id: row for row in session.scalars(select(Volume).where(Volume.id.in_(wanted)))}
    counts: dict[uuid.UUID, dict[str, int]] = {batch.id: {} for batch in batches}
    query = select(BatchPage.batch_id, BatchPage.state, func.count()).where(BatchPage.batch_id.in_(counts))
    for batch_id, state, count in session.execute(query.group_by(BatchPage.batch_id, BatchPage.state)):
        counts[batch_id][state] = count
    return [
        BatchSummary(
            id=batch.id,
            volume=volumes[batch.volume_id].designation,
            purpose=batch.purpose,
            state=batch.state,
            declared_at=batch.declared_at,
            processed_at=batch.processed_at,
            pages=counts[batch.id],
        )
        for batch in batches
    ]


def describe_batch(session: Session, *, batch: Batch) -> BatchView:
    """Return a batch as stations and screens see it."""
    (summary,) = summarise_batches(session, batches=[batch])
    return BatchView(
        **dict(summary),
        files=_files(session, batch.id),
        failures=find_failures(session, batch_id=batch.id),
    )


def find_failures(session: Session, *, batch_id: uuid.UUID) -> list[FailureView]:
    """Return the pages that failed, were refused or set aside, in order, each with its reason."""
    rows = session.execute(
        select(BatchPage, BatchFile, Page)
        .join(BatchFile, BatchFile.id == BatchPage.file_id)
        .join(Page, Page.id == BatchPage.page_id)
        .where(BatchPage.batch_id == batch_id, BatchPage.state.in_(NEEDS_SOMEBODY))
        .order_by(Page.sequence, BatchPage.view)
    ).all()
    runs = _last_runs(session, [page.id for page, _, _ in rows])
    return [_failure(page, file, leaf, runs.get(page.id)) for page, file, leaf in rows]


def _last_runs(session: Session, pages: Sequence[uuid.UUID]) -> dict[uuid.UUID, ProcessingRun]:
    query = select(ProcessingRun).where(ProcessingRun.batch_page_id.in_(pages)).order_by(ProcessingRun.id)
    return {run.batch_page_id: run for run in session.scalars(query)}


def _failure(page: BatchPage, file: BatchFile, leaf: Page, run: ProcessingRun | None) -> FailureView:
    return FailureView(
        page_id=page.id,
        designation=leaf.designation,
        view=page.view,
        file=file.name,
        frame=page.frame,
        side=page.side,
        state=page.state,
        attempts=run.attempts if run else 0,
        reason=_reason(page, file, run),
    )


def _reason(page: BatchPage, file: BatchFile, run: ProcessingRun | None) -> Reason | None:
    if page.set_aside_reason is not None:
        return Reason(code="set_aside", zh=page.set_aside_reason, en=page.set_aside_reason)
    kept = file.refusal or (run.error if run else None)
    return Reason(code=kept["code"], zh=kept["zh"], en=kept["en"]) if kept else None


def _files(session: Session, batch_id: uuid.UUID) -> list[FileView]:
    query = select(BatchFile).filter_by(batch_id=batch_id).order_by(BatchFile.ordinal)
    return [FileView.model_validate(file, from_attributes=True) for file in session.scalars(query)]
