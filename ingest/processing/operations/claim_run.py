"""Claim a run: a lease by the database's clock, and a fencing token one above the last."""

import uuid
from datetime import timedelta

from sqlalchemy import update
from sqlalchemy.orm import Session

from ingest.processing.claim import Claim
from ingest.processing.queries import is_due
from storage.database.clock import database_now
from storage.intake.tables import ProcessingRun


def claim_run(session: Session, *, run_id: uuid.UUID, worker: str, lease: timedelta) -> Claim | None:
    """Return the claim, or None if the run is settled or in another worker's lease. Counts as an attempt."""
    now = database_now(session)
    statement = (
        update(ProcessingRun)
        .where(ProcessingRun.id == run_id, is_due(now))
        .values(
            state="running",
            worker=worker[:100],
            lease_until=now + lease,
            token=ProcessingRun.token + 1,
            attempts=ProcessingRun.attempts + 1,
        )
        .returning(ProcessingRun.token, ProcessingRun.attempts)
    )
    row = session.execute(statement).one_or_none()
    return None if row is None else Claim(run_id, row.token, row.attempts, lease)
