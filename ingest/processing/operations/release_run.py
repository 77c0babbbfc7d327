"""Give a run back unharmed, because something around the page was out of order."""

from datetime import timedelta

from sqlalchemy.orm import Session

from ingest.processing.claim import Claim
from ingest.processing.operations.write_run import write_run
from storage.database.clock import database_now
from storage.intake.tables import ProcessingRun


def release_run(session: Session, *, claim: Claim, wait: timedelta) -> None:
    """Let anybody claim the run once `wait` is over; the attempt does not count. Raises LeaseLost."""
    # What is left of the lease is the wait: a pending run would be claimed again at once.
    write_run(
        session,
        claim,
        lease_until=database_now(session) + wait,
        attempts=ProcessingRun.attempts - 1,
    )
