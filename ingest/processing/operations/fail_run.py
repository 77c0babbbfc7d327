"""Write down that an attempt failed; the last one fails the page, where somebody can retry it."""

from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from ingest.batches.schemas import Reason
from ingest.processing.claim import Claim
from ingest.processing.operations.write_run import write_run
from storage.intake.tables import BatchPage, ProcessingRun


def fail_run(session: Session, *, claim: Claim, error: Reason, most_attempts: int, at: datetime) -> bool:
    """Keep the error; returns whether the run has failed for good. Raises LeaseLost."""
    kept = {**error.model_dump(), "attempt": claim.attempt}
    if claim.attempt < most_attempts:
        write_run(session, claim, state="pending", lease_until=None, error=kept)
        return False
    write_run(session, claim, state="failed", lease_until=None, error=kept, finished_at=at)
    _move_page(session, claim, "failed")
    return True


def refuse_run(session: Session, *, claim: Claim, error: Reason, at: datetime) -> None:
    """Fail a run at once for what is in the file: no attempt will decode it. Raises LeaseLost."""
    kept = {**error.model_dump(), "attempt": claim.attempt}
    write_run(session, claim, state="failed", lease_until=None, error=kept, finished_at=at)
    _move_page(session, claim, "refused")


def _move_page(session: Session, claim: Claim, state: str) -> None:
    page = select(ProcessingRun.batch_page_id).where(ProcessingRun.id == claim.run_id).scalar_subquery()
    waiting = update(BatchPage).where(BatchPage.id == page, BatchPage.state == "pending")
    session.execute(waiting.values(state=state).execution_options(synchronize_session=False))
