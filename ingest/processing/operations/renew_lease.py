"""Renew the lease of a run that is still being worked on."""

from sqlalchemy.orm import Session

from ingest.processing.claim import Claim
from ingest.processing.operations.write_run import write_run
from storage.database.clock import database_now


def renew_lease(session: Session, *, claim: Claim) -> None:
    """Let the lease run anew from now by the database's clock; raises LeaseLost."""
    write_run(session, claim, lease_until=database_now(session) + claim.lease)
