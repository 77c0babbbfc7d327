"""Write down that an attempt failed; the last one fails the page, where somebody can retry it."""

from datetime import datetime

from sqlalchemy.orm import Session

from ingest.batches.operations.settle_batch import settle_batch
from ingest.batches.schemas import Reason
from ingest.processing.claim import Claim
from ingest.processing.operations.write_run import write_run
from storage.database.locking import lock_row
from storage.intake.tables import BatchPage, ProcessingRun


def fail_run(session: Session, *, claim: Claim, error: Reason, most_attempts: int, at: datetime) -> bool:
    """Keep the error; returns whether the run has failed for good. Raises LeaseLost."""
    kept = {**error.model_dump(), "attempt": claim.attempt}
    if claim.attempt < most_attempts:
        write_run(session, claim, state="pending", lease_until=None, error=kept)
        return False
    write_run(session, claim, state="failed", lease_until=None, error=kept, finished_at=at)
    _settle_page(session, claim, "failed", at)
    return True


def refuse_run(session: Session, *, claim: Claim, error: Reason, at: datetime) -> None:
    """Fail a run at once for what is in the file: no attempt will decode it. Raises LeaseLost."""
    kept = {**error.model_dump(), "attempt": claim.attempt}
    write_run(session, claim, state="failed", lease_until=None, error=kept, finished_at=at)
    _settle_page(session, claim, "refused", at)


def _settle_page(session: Session, claim: Claim, state: str, at: datetime) -> None:
    run = session.get_one(ProcessingRun, claim.run_id)
    if run.rerun_id is not None:
        # The page stands as it did, only its reading is wanting; the rerun is settled once this is committed.
        return
    page = lock_row(session, BatchPage, run.batch_page_id)
    if page.state == "pending":
        page.state = state
        settle_batch(session, batch_id=page.batch_id, at=at)
