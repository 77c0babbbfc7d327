"""Find the runs that nobody works on: nothing is lost with a queue, a worker or a machine."""

import uuid
from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from ingest.batches.operations.settle_batch import settle_batch
from ingest.processing.queries import find_due_runs
from storage.database.clock import database_now
from storage.database.locking import lock_row
from storage.intake.tables import BatchPage, ProcessingRun

_LOST = {
    "code": "worker_lost",
    "zh": "處理此頁的工作程序多次中斷,請檢查影像後重試。",
    "en": "The worker was lost each time it processed this page. Check the image, then retry.",
}


def sweep_runs(
    session: Session, *, most_attempts: int, at: datetime, limit: int = 500, grace: timedelta = timedelta(0)
) -> Sequence[uuid.UUID]:
    """Return the runs to enqueue again; those whose workers died at every attempt fail with that reason.

    `grace` leaves alone what was made just now and is being enqueued by whoever made it.
    """
    now = database_now(session)
    _give_up(session, now, most_attempts, at)
    return find_due_runs(session, limit=limit, made_before=now - grace)


def _give_up(session: Session, now: datetime, most_attempts: int, at: datetime) -> None:
    lost = session.scalars(
        select(ProcessingRun)
        .where(ProcessingRun.state == "running", ProcessingRun.lease_until <= now)
        .where(ProcessingRun.attempts >= most_attempts)
        .with_for_update(skip_locked=True)
    ).all()
    for run in lost:
        run.state, run.lease_until, run.finished_at = "failed", None, at
        run.error = {**_LOST, "attempt": run.attempts}
        if run.rerun_id is not None:
            continue  # the rerun is settled once this is committed
        page = lock_row(session, BatchPage, run.batch_page_id)
        if page.state == "pending":
            page.state = "failed"
            settle_batch(session, batch_id=page.batch_id, at=at)
